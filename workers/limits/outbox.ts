/**
 * The gate's SQLite: a row for every call from its admission until the ledger has its end, then its part in the limits
 * until that minute is over.
 */
export type Begun = {
  id: string;
  at: number;
  deadline: number;
  /** The subjects of its limits, separated by spaces. */
  subjects: string;
  intent: string;
  arguments: string | null;
};

/** A call that has ended: the number of its row, and what still counts against limits. */
export type Ended = { row: number; at: number; subjects: string };

export type Outbox = ReturnType<typeof openOutbox>;

export function openOutbox(sql: SqlStorage) {
  sql.exec(`
    CREATE TABLE IF NOT EXISTS calls (
      row INTEGER PRIMARY KEY, id TEXT NOT NULL, at INTEGER NOT NULL, deadline INTEGER NOT NULL,
      waiting_round INTEGER NOT NULL, subjects TEXT NOT NULL, intent TEXT NOT NULL, arguments TEXT
    );
    CREATE TABLE IF NOT EXISTS spent (latest INTEGER NOT NULL, admissions TEXT NOT NULL);
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

    /** The ledger has their ends: one row keeps what they spent of the limits. */
    end(ended: readonly Ended[]): void {
      if (ended.length === 0) return;
      const rows = JSON.stringify(ended.map(({ row }) => row));
      sql.exec("DELETE FROM calls WHERE row IN (SELECT value FROM json_each(?))", rows);
      const spent = ended.filter(({ subjects }) => subjects !== "");
      if (spent.length === 0) return;
      const latest = Math.max(...spent.map(({ at }) => at));
      const admissions = JSON.stringify(spent.map(({ at, subjects }) => [at, subjects]));
      sql.exec("INSERT INTO spent VALUES (?, ?)", latest, admissions);
    },

    forget(before: { spentBefore: number; usedBefore: number }): void {
      sql.exec("DELETE FROM spent WHERE latest < ?", before.spentBefore);
      sql.exec("DELETE FROM idempotency WHERE at < ?", before.usedBefore);
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

    /** Every admission since then, oldest first. */
    admissionsSince(since: number): { subject: string; at: number }[] {
      const open = sql
        .exec<{ at: number; subjects: string }>(
          "SELECT at, subjects FROM calls WHERE at >= ?",
          since,
        )
        .toArray();
      const ended = sql
        .exec<{ admissions: string }>("SELECT admissions FROM spent WHERE latest >= ?", since)
        .toArray()
        .flatMap(({ admissions }) => JSON.parse(admissions) as [number, string][])
        .map(([at, subjects]) => ({ at, subjects }));
      return [...open, ...ended]
        .filter(({ at }) => at >= since)
        .sort((a, b) => a.at - b.at)
        .flatMap(({ at, subjects }) =>
          subjects === "" ? [] : subjects.split(" ").map((subject) => ({ subject, at })),
        );
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
