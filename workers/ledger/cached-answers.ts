export type CachedAnswer = { at: number; sealed: string };
export type NewCachedAnswer = CachedAnswer & { until: number };

type Bounds = { rows: number; characters: number };
const teamBounds: Bounds = { rows: 10_000, characters: 64 * 1024 * 1024 };

/**
 * Sealed answers of tools whose answers may be given again. What they answer is in the key, a hash: of a tool, a
 * credential or arguments that changed nothing is found. The oldest go first where there are too many.
 */
export function openCachedAnswers(sql: SqlStorage, bounds = teamBounds) {
  sql.exec(`
    CREATE TABLE IF NOT EXISTS cached_answers (
      key TEXT PRIMARY KEY, at INTEGER NOT NULL, until INTEGER NOT NULL, size INTEGER NOT NULL, sealed TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS cached_answers_by_age ON cached_answers (at, size);
    CREATE INDEX IF NOT EXISTS cached_answers_by_end ON cached_answers (until);
  `);
  const held = () =>
    sql
      .exec<Bounds>(
        "SELECT count(*) AS rows, coalesce(sum(size), 0) AS characters FROM cached_answers",
      )
      .one();

  function makeRoom(): void {
    for (
      let now = held();
      now.rows > bounds.rows || now.characters > bounds.characters;
      now = held()
    )
      // A tenth at once, so that a full table is not counted for every answer.
      sql.exec(
        "DELETE FROM cached_answers WHERE key IN (SELECT key FROM cached_answers ORDER BY at LIMIT ?)",
        Math.ceil(now.rows / 10),
      );
  }

  return {
    get(key: string, now: number): CachedAnswer | null {
      const [found] = sql
        .exec<CachedAnswer>(
          "SELECT at, sealed FROM cached_answers WHERE key = ? AND until > ?",
          key,
          now,
        )
        .toArray();
      return found ?? null;
    },

    /** An older answer, which came later, does not replace a newer one. */
    put(key: string, { at, until, sealed }: NewCachedAnswer): void {
      sql.exec(
        `INSERT INTO cached_answers VALUES (?, ?, ?, ?, ?) ON CONFLICT (key) DO UPDATE
         SET at = excluded.at, until = excluded.until, size = excluded.size, sealed = excluded.sealed
         WHERE excluded.at >= at`,
        key,
        at,
        until,
        sealed.length,
        sealed,
      );
      makeRoom();
    },

    /** Answers when the next one ends. */
    forget(now: number): number | null {
      sql.exec("DELETE FROM cached_answers WHERE until <= ?", now);
      return sql
        .exec<{ until: number | null }>("SELECT min(until) AS until FROM cached_answers")
        .one().until;
    },
  };
}
