/** The gate's SQLite: every call from its admission until the ledger has its end and its minute of the limits is over. */
export type Begun = {
  id: string;
  at: number;
  deadline: number;
  /** The subjects of its limits, separated by spaces. */
  subjects: string;
  intent: string;
  arguments: string | null;
};

export type Outbox = ReturnType<typeof openOutbox>;

export function openOutbox(sql: SqlStorage) {
  sql.exec(`
    CREATE TABLE IF NOT EXISTS calls (
      id TEXT PRIMARY KEY, at INTEGER NOT NULL, deadline INTEGER NOT NULL, waiting_round INTEGER NOT NULL,
      ended INTEGER NOT NULL, subjects TEXT NOT NULL, intent TEXT NOT NULL, arguments TEXT
    ) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS idempotency (
      key TEXT PRIMARY KEY, hash TEXT NOT NULL, execution_id TEXT NOT NULL, at INTEGER NOT NULL
    ) WITHOUT ROWID;
  `);
  let begun: Begun[] = [];
  let commit: Promise<void> | undefined;

  function write(): void {
    const rows = begun;
    begun = [];
    commit = undefined;
    for (const row of rows)
      sql.exec(
        "INSERT INTO calls VALUES (?, ?, ?, 0, 0, ?, ?, ?)",
        row.id,
        row.at,
        row.deadline,
        row.subjects,
        row.intent,
        row.arguments,
      );
  }

  return {
    /**
     * A commit costs as much as a whole forwarded call, a timer a millisecond: under load rows wait for each other and
     * share one commit, a lone call is written at once.
     */
    async begin(row: Begun, underLoad: boolean): Promise<void> {
      begun.push(row);
      if (!underLoad && commit === undefined) return write();
      commit ??= scheduler.wait(1).then(write);
      await commit;
    },

    defer(id: string, deadline: number, waitingRound: number): void {
      sql.exec("UPDATE calls SET deadline = ?, waiting_round = ? WHERE id = ?", deadline, waitingRound, id);
    },

    /** The ledger has their ends. They stay until their minute of the limits is over. */
    end(ids: readonly string[]): void {
      if (ids.length === 0) return;
      sql.exec(
        "UPDATE calls SET ended = 1, intent = '', arguments = NULL WHERE id IN (SELECT value FROM json_each(?))",
        JSON.stringify(ids),
      );
    },

    forget(before: { endedBefore: number; usedBefore: number }): void {
      sql.exec("DELETE FROM calls WHERE ended = 1 AND at < ?", before.endedBefore);
      sql.exec("DELETE FROM idempotency WHERE at < ?", before.usedBefore);
    },

    isEmpty(): boolean {
      return sql.exec("SELECT 1 FROM calls LIMIT 1").toArray().length === 0;
    },

    open() {
      const rows = sql
        .exec<{ id: string; deadline: number; waiting_round: number; intent: string; arguments: string | null }>(
          "SELECT id, deadline, waiting_round, intent, arguments FROM calls WHERE ended = 0",
        )
        .toArray();
      return rows.map((row) => ({
        id: row.id,
        deadline: row.deadline,
        waitingRound: row.waiting_round,
        intent: row.intent,
        arguments: row.arguments,
      }));
    },

    admissionsSince(since: number): { subject: string; at: number }[] {
      return sql
        .exec<{ subjects: string; at: number }>(
          "SELECT subjects, at FROM calls WHERE at >= ? AND subjects <> '' ORDER BY at",
          since,
        )
        .toArray()
        .flatMap(({ subjects, at }) => subjects.split(" ").map((subject) => ({ subject, at })));
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
