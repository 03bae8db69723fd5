import { countOf, isOfDay } from "./admission";
import { dayOf } from "./days";

/**
 * The gate's SQLite: a row for every call from its admission until the ledger has its end, then its part in the limits:
 * of a minute until that is over, of a day added to that day's counts.
 */
export type Begun = {
  id: string;
  at: number;
  deadline: number;
  /** What it counts against, separated by spaces: see `markOf`. */
  subjects: string;
  intent: string;
  arguments: string | null;
};

/** A call that has ended: the number of its row, and what still counts against limits. */
export type Ended = { row: number; at: number; subjects: string };

/** How often, in a millisecond, what was spent at once. Older rows tell each by itself. */
type Admissions = [at: number, subjects: string, times?: number][];

export type Outbox = ReturnType<typeof openOutbox>;

export function openOutbox(sql: SqlStorage) {
  sql.exec(`
    CREATE TABLE IF NOT EXISTS calls (
      row INTEGER PRIMARY KEY, id TEXT NOT NULL, at INTEGER NOT NULL, deadline INTEGER NOT NULL,
      waiting_round INTEGER NOT NULL, subjects TEXT NOT NULL, intent TEXT NOT NULL, arguments TEXT
    );
    CREATE TABLE IF NOT EXISTS spent (latest INTEGER NOT NULL, admissions TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS counted (
      day INTEGER NOT NULL, key TEXT NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (day, key)
    ) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS idempotency (
      key TEXT PRIMARY KEY, hash TEXT NOT NULL, execution_id TEXT NOT NULL, at INTEGER NOT NULL
    ) WITHOUT ROWID;
  `);
  let lastRow =
    sql.exec<{ row: number | null }>("SELECT max(row) AS row FROM calls").one().row ?? 0;
  let begun: (Begun & { row: number })[] = [];
  let commit: Promise<void> | undefined;

  function write(): void {
    const rows = begun;
    begun = [];
    commit = undefined;
    const [first] = rows;
    if (first && rows.length === 1) return insert(first);
    // One statement for all: each has its price.
    sql.exec(
      `INSERT INTO calls SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, 0, value ->> 4, value ->> 5, value ->> 6
       FROM json_each(?)`,
      JSON.stringify(
        rows.map((call) => [
          call.row,
          call.id,
          call.at,
          call.deadline,
          call.subjects,
          call.intent,
          call.arguments,
        ]),
      ),
    );
  }

  function insert({
    row,
    id,
    at,
    deadline,
    subjects,
    intent,
    arguments: args,
  }: Begun & { row: number }): void {
    sql.exec(
      "INSERT INTO calls VALUES (?, ?, ?, ?, 0, ?, ?, ?)",
      row,
      id,
      at,
      deadline,
      subjects,
      intent,
      args,
    );
  }

  function keep(ended: readonly Omit<Ended, "row">[]): void {
    const minutes = new Map<string, [at: number, subjects: string, times: number]>();
    const days = new Map<string, [day: number, key: string, count: number]>();
    for (const { at, subjects } of ended) {
      const marks = subjects === "" ? [] : subjects.split(" ");
      for (const mark of marks.filter(isOfDay)) {
        const { key, count } = countOf(mark);
        const day = dayOf(at);
        const counted = days.get(`${day} ${key}`)?.[2] ?? 0;
        days.set(`${day} ${key}`, [day, key, counted + count]);
      }
      const ofMinute = marks.filter((mark) => !isOfDay(mark)).join(" ");
      if (ofMinute === "") continue;
      const times = minutes.get(`${at} ${ofMinute}`)?.[2] ?? 0;
      minutes.set(`${at} ${ofMinute}`, [at, ofMinute, times + 1]);
    }
    if (days.size > 0)
      sql.exec(
        `INSERT INTO counted SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(?) WHERE TRUE
         ON CONFLICT DO UPDATE SET count = count + excluded.count`,
        JSON.stringify([...days.values()]),
      );
    if (minutes.size === 0) return;
    const admissions: Admissions = [...minutes.values()];
    const latest = Math.max(...admissions.map(([at]) => at));
    sql.exec("INSERT INTO spent VALUES (?, ?)", latest, JSON.stringify(admissions));
  }

  return {
    /** The number the next row gets. */
    nextRow(): number {
      lastRow += 1;
      return lastRow;
    },

    /**
     * A commit costs as much as a whole forwarded call, a timer a millisecond: under load rows wait for each other and
     * share one commit, a lone call is written at once.
     */
    async begin(call: Begun & { row: number }, underLoad: boolean): Promise<void> {
      begun.push(call);
      if (!underLoad) return write();
      commit ??= scheduler.wait(1).then(write);
      await commit;
    },

    defer(row: number, deadline: number, waitingRound: number): void {
      sql.exec(
        "UPDATE calls SET deadline = ?, waiting_round = ? WHERE row = ?",
        deadline,
        waitingRound,
        row,
      );
    },

    /**
     * The ledger has their ends: one row keeps what they spent of their minutes, and the counts of their days grow. To be
     * called in a transaction: what a call spent is in one place, never in two or none.
     */
    end(ended: readonly Ended[]): void {
      if (ended.length === 0) return;
      const rows = JSON.stringify(ended.map(({ row }) => row));
      sql.exec("DELETE FROM calls WHERE row IN (SELECT value FROM json_each(?))", rows);
      keep(ended);
    },

    /** What was spent without a call of its own. To be called in a transaction. */
    keep,

    forget(before: { spentBefore: number; usedBefore: number }): void {
      sql.exec("DELETE FROM spent WHERE latest < ?", before.spentBefore);
      sql.exec("DELETE FROM idempotency WHERE at < ?", before.usedBefore);
      // A day is kept for a while: the clock can be set back to it.
      sql.exec("DELETE FROM counted WHERE day < ?", dayOf(before.usedBefore) - 1);
    },

    /**
     * The clock was set back: what lies ahead of it counts as of now, or it would hold for longer than its minute each
     * time the memory is rebuilt.
     */
    turnBack(now: number): void {
      const ahead = sql
        .exec<{ rowid: number; admissions: string }>(
          "SELECT rowid, admissions FROM spent WHERE latest > ?",
          now,
        )
        .toArray();
      for (const { rowid, admissions } of ahead) {
        const turned = (JSON.parse(admissions) as Admissions).map(([at, ...rest]) => [
          Math.min(at, now),
          ...rest,
        ]);
        sql.exec(
          "UPDATE spent SET latest = ?, admissions = ? WHERE rowid = ?",
          now,
          JSON.stringify(turned),
          rowid,
        );
      }
    },

    isEmpty(): boolean {
      const [row] = sql.exec("SELECT 1 FROM calls UNION ALL SELECT 1 FROM spent LIMIT 1").toArray();
      return row === undefined;
    },

    open() {
      const rows = sql
        .exec<{
          row: number;
          id: string;
          at: number;
          deadline: number;
          waiting_round: number;
          subjects: string;
          intent: string;
          arguments: string | null;
        }>("SELECT * FROM calls")
        .toArray();
      return rows.map(({ waiting_round: waitingRound, ...call }) => ({ ...call, waitingRound }));
    },

    /** Every admission since then against a limit of a minute, oldest first. */
    admissionsSince(since: number): { subject: string; at: number; times: number }[] {
      const open: Admissions = sql
        .exec<{ at: number; subjects: string }>(
          "SELECT at, subjects FROM calls WHERE at >= ?",
          since,
        )
        .toArray()
        .map(({ at, subjects }) => [at, subjects]);
      const ended = sql
        .exec<{ admissions: string }>("SELECT admissions FROM spent WHERE latest >= ?", since)
        .toArray()
        .flatMap(({ admissions }) => JSON.parse(admissions) as Admissions);
      return [...open, ...ended]
        .filter(([at]) => at >= since)
        .sort(([a], [b]) => a - b)
        .flatMap(([at, subjects, times = 1]) =>
          subjects
            .split(" ")
            .filter((mark) => mark !== "" && !isOfDay(mark))
            .map((subject) => ({ subject, at, times })),
        );
    },

    /** What was counted on a day: of calls that have ended, and of those still open. */
    countsOf(day: number): Map<string, number> {
      const counts = new Map<string, number>();
      const stored = sql
        .exec<{ key: string; count: number }>("SELECT key, count FROM counted WHERE day = ?", day)
        .toArray();
      for (const { key, count } of stored) counts.set(key, count);
      const open = sql.exec<{ at: number; subjects: string }>("SELECT at, subjects FROM calls");
      for (const { at, subjects } of open) {
        if (dayOf(at) !== day) continue;
        for (const mark of subjects.split(" ").filter(isOfDay)) {
          const { key, count } = countOf(mark);
          counts.set(key, (counts.get(key) ?? 0) + count);
        }
      }
      return counts;
    },

    /** Whether the ledger does not have its end yet. */
    has(id: string): boolean {
      return sql.exec("SELECT 1 FROM calls WHERE id = ? LIMIT 1", id).toArray().length > 0;
    },

    firstUse(key: string, since: number): { executionId: string; hash: string } | undefined {
      const [row] = sql
        .exec<{ execution_id: string; hash: string }>(
          "SELECT execution_id, hash FROM idempotency WHERE key = ? AND at >= ?",
          key,
          since,
        )
        .toArray();
      return row && { executionId: row.execution_id, hash: row.hash };
    },

    remember(use: { key: string; hash: string }, executionId: string, at: number): void {
      sql.exec(
        "INSERT OR REPLACE INTO idempotency VALUES (?, ?, ?, ?)",
        use.key,
        use.hash,
        executionId,
        at,
      );
    },
  };
}
