/** A ticket that was handed out: by its hash, for whoever shows it. `holder` is JSON. */
export type KeptTicket = { hash: string; until: number; holder: string };

/** So many of a team's may wait to be used. */
const most = 5000;

/** Tickets that are good once, for a short time. What is taken is gone. */
export function openTickets(sql: SqlStorage) {
  sql.exec(`
    CREATE TABLE IF NOT EXISTS tickets (
      hash TEXT PRIMARY KEY, until INTEGER NOT NULL, holder TEXT NOT NULL
    ) WITHOUT ROWID`);

  return {
    /** False where so many wait to be used that there may be no more. */
    keep({ hash, until, holder }: KeptTicket): boolean {
      sql.exec("DELETE FROM tickets WHERE until <= ?", Date.now());
      const { n } = sql.exec<{ n: number }>("SELECT count(*) AS n FROM tickets").one();
      if (n >= most) return false;
      sql.exec("INSERT INTO tickets VALUES (?, ?, ?)", hash, until, holder);
      return true;
    },

    take(hash: string): string | null {
      const [row] = sql
        .exec<{ until: number; holder: string }>(
          "DELETE FROM tickets WHERE hash = ? RETURNING until, holder",
          hash,
        )
        .toArray();
      return row && row.until > Date.now() ? row.holder : null;
    },
  };
}
