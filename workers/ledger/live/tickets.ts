/** A ticket that was handed out: by its hash, for whoever shows it. `holder` is JSON with its `actor`. */
export type KeptTicket = { hash: string; until: number; holder: string };

/** Whether it was kept; or why not: so many of the team's wait to be used, or of its holder's. */
export type Keeping = "kept" | "full" | "own_full";

type Bounds = { all: number; ofOne: number };
/** Nobody holds more than a fifth. */
const teamBounds: Bounds = { all: 5000, ofOne: 1000 };

/** Whose ticket it is. An index holds it: a query that is to use that index says it in the same words. */
const whose = (holder: string) =>
  `ifnull(${holder} ->> '$.actor.personId', ${holder} ->> '$.actor.id')`;

/** Tickets that are good once, for a short time. What is taken is gone. */
export function openTickets(sql: SqlStorage, bounds = teamBounds) {
  sql.exec(`
    CREATE TABLE IF NOT EXISTS tickets (
      hash TEXT PRIMARY KEY, until INTEGER NOT NULL, holder TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS tickets_by_holder ON tickets (${whose("holder")})`);

  return {
    keep({ hash, until, holder }: KeptTicket): Keeping {
      sql.exec("DELETE FROM tickets WHERE until <= ?", Date.now());
      const { all, ofOne } = sql
        .exec<Bounds>(
          `SELECT (SELECT count(*) FROM tickets) AS "all",
             (SELECT count(*) FROM tickets WHERE ${whose("holder")} = ${whose("?")}) AS ofOne`,
          holder,
          holder,
        )
        .one();
      if (all >= bounds.all) return "full";
      if (ofOne >= bounds.ofOne) return "own_full";
      sql.exec("INSERT INTO tickets VALUES (?, ?, ?)", hash, until, holder);
      return "kept";
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
