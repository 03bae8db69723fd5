/** An entry of the team's audit log by its number, and the hash that covers it and all before it. */
export type AuditLink = { seq: number; hash: string };

const newest = 1000;
const every = 1000;

/**
 * What the registry's audit log looked like when it was written, kept where nobody who can write to the registry
 * reaches: the newest links, and of the older ones one in a thousand. What was noted first stays.
 */
export function openAuditLinks(sql: SqlStorage) {
  sql.exec(`
    CREATE TABLE IF NOT EXISTS audit_links (seq INTEGER PRIMARY KEY, hash TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS audit_anchor (one INTEGER PRIMARY KEY, seq INTEGER NOT NULL);
  `);
  return {
    note(links: readonly AuditLink[]): void {
      for (const { seq, hash } of links)
        sql.exec("INSERT OR IGNORE INTO audit_links VALUES (?, ?)", seq, hash);
      sql.exec(
        "DELETE FROM audit_links WHERE seq < (SELECT max(seq) FROM audit_links) - ? AND seq % ? <> 0",
        newest,
        every,
      );
    },

    /** Entries up to this one are about to be deleted for their age. */
    allowDeletion(seq: number): void {
      sql.exec(
        "INSERT INTO audit_anchor VALUES (1, ?) ON CONFLICT DO UPDATE SET seq = max(seq, excluded.seq)",
        seq,
      );
    },

    /** The last link, how far entries may have been deleted, and the links between two numbers. */
    read({ after, upTo }: { after: number; upTo: number }) {
      const one = (query: string) => sql.exec<AuditLink>(query).toArray()[0];
      return {
        last: one("SELECT * FROM audit_links ORDER BY seq DESC LIMIT 1") ?? null,
        deletedUpTo: one("SELECT seq, '' AS hash FROM audit_anchor")?.seq ?? 0,
        links: sql
          .exec<AuditLink>("SELECT * FROM audit_links WHERE seq > ? AND seq <= ?", after, upTo)
          .toArray(),
      };
    },
  };
}
