/** Whose job it is. An index holds it: a query that is to use that index says it in the same words. */
const asker = "ifnull(asked ->> '$.actor.personId', asked ->> '$.actor.id')";

/** Which jobs have one of the team's runners, and which get one next. */
export function openLanes(sql: SqlStorage) {
  sql.exec(`
    CREATE TABLE IF NOT EXISTS job_lanes (lane INTEGER PRIMARY KEY, job_id TEXT NOT NULL UNIQUE);
    CREATE TABLE IF NOT EXISTS job_turn (one INTEGER PRIMARY KEY, who TEXT NOT NULL);
    CREATE INDEX IF NOT EXISTS jobs_by_asker ON jobs (${asker}, due_at) WHERE status = 'queued';
  `);

  return { lane, next, notBegun, lanesTaken, freeLane };

  /** The number of the runner that this job has; the lowest free one of so many, where it has none and its turn has come. */
  function lane(id: string, { most, now }: { most: number; now: number }): number | undefined {
    const taken = sql
      .exec<{ lane: number; job_id: string }>("SELECT lane, job_id FROM job_lanes ORDER BY lane")
      .toArray();
    const own = taken.find((one) => one.job_id === id);
    if (own) return own.lane;
    const free = taken.findIndex(({ lane: number }, index) => number !== index);
    const number = free < 0 ? taken.length : free;
    if (number >= most) return undefined;
    if (!next({ by: now, limit: Math.max(1, most - taken.length) }).includes(id)) return undefined;
    sql.exec("INSERT INTO job_lanes VALUES (?, ?)", number, id);
    sql.exec(`INSERT OR REPLACE INTO job_turn SELECT 1, ${asker} FROM jobs WHERE id = ?`, id);
    return number;
  }

  /**
   * Those whose time has come: first of whoever has the fewest under way, in turns among equals, and of each the one that
   * waits longest. So nobody's thousand jobs hold up another's one.
   */
  function next({ by, limit }: { by: number; limit: number }): string[] {
    // CROSS JOIN: from the few lanes to their jobs, not the other way round.
    const underWay = new Map(
      sql
        .exec<{ who: string; jobs: number }>(
          `SELECT ${asker} AS who, count(*) AS jobs FROM job_lanes CROSS JOIN jobs ON id = job_id GROUP BY who`,
        )
        .toArray()
        .map(({ who, jobs }) => [who, jobs]),
    );
    const waiting: { id: string; turn: number }[] = [];
    for (const who of inTurn()) {
      let turn = underWay.get(who) ?? 0;
      for (const { id } of sql.exec<{ id: string }>(
        `SELECT id FROM jobs INDEXED BY jobs_by_asker
         WHERE status = 'queued' AND ${asker} = ? AND due_at <= ?
           AND id NOT IN (SELECT job_id FROM job_lanes)
         ORDER BY due_at LIMIT ?`,
        who,
        by,
        limit,
      ))
        waiting.push({ id, turn: turn++ });
    }
    return waiting
      .toSorted((a, b) => a.turn - b.turn)
      .slice(0, limit)
      .map(({ id }) => id);
  }

  /** Whoever waits for a job, whose turn was last at the end. */
  function inTurn(): string[] {
    const all: string[] = [];
    for (let who = nextAsker(""); who !== undefined; who = nextAsker(who)) all.push(who);
    const [last] = sql.exec<{ who: string }>("SELECT who FROM job_turn").toArray();
    const served = all.findLastIndex((who) => last !== undefined && who <= last.who) + 1;
    return [...all.slice(served), ...all.slice(0, served)];
  }

  /** One step along the index for each, however many jobs they have. */
  function nextAsker(after: string): string | undefined {
    const [next] = sql
      .exec<{ who: string }>(
        `SELECT ${asker} AS who FROM jobs INDEXED BY jobs_by_asker
         WHERE status = 'queued' AND ${asker} > ? ORDER BY ${asker} LIMIT 1`,
        after,
      )
      .toArray();
    return next?.who;
  }

  /** Those that have a runner, which has not begun them. */
  function notBegun(): string[] {
    return sql
      .exec<{ id: string }>(
        "SELECT id FROM job_lanes CROSS JOIN jobs ON id = job_id WHERE status = 'queued'",
      )
      .toArray()
      .map(({ id }) => id);
  }

  function lanesTaken(): number {
    return sql.exec<{ count: number }>("SELECT count(*) AS count FROM job_lanes").one().count;
  }

  /** Whether it had one. */
  function freeLane(id: string): boolean {
    return sql.exec("DELETE FROM job_lanes WHERE job_id = ?", id).rowsWritten > 0;
  }
}
