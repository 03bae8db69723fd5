/** How long whoever repeats a call under its idempotency key gets its first answer. */
const keptMs = 24 * 60 * 60_000;
/** A row of an object holds 2 MB. */
const partCharacters = 1_500_000;

/** Sealed answers of calls under an idempotency key, apart from the records, which are masked. */
export function openKeptAnswers(sql: SqlStorage) {
  sql.exec(`
    CREATE TABLE IF NOT EXISTS kept_answers (
      execution_id TEXT NOT NULL, part INTEGER NOT NULL, until INTEGER NOT NULL, sealed TEXT NOT NULL,
      PRIMARY KEY (execution_id, part)
    ) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS kept_answers_by_end ON kept_answers (until);
  `);
  return {
    /** Answers until when it is kept. */
    put(executionId: string, sealed: string, now: number): number {
      const until = now + keptMs;
      for (let part = 0; part * partCharacters < sealed.length; part++)
        sql.exec(
          "INSERT OR REPLACE INTO kept_answers VALUES (?, ?, ?, ?)",
          executionId,
          part,
          until,
          sealed.slice(part * partCharacters, (part + 1) * partCharacters),
        );
      return until;
    },

    get(executionId: string, now: number): string | null {
      const parts = sql
        .exec<{ sealed: string }>(
          "SELECT sealed FROM kept_answers WHERE execution_id = ? AND until > ? ORDER BY part",
          executionId,
          now,
        )
        .toArray();
      return parts.length === 0 ? null : parts.map(({ sealed }) => sealed).join("");
    },

    /** Answers when the next one ends. */
    forget(now: number): number | null {
      sql.exec("DELETE FROM kept_answers WHERE until <= ?", now);
      return sql
        .exec<{ until: number | null }>("SELECT min(until) AS until FROM kept_answers")
        .one().until;
    },
  };
}
