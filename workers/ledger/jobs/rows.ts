import type { ExecutionStatus } from "../../../shared/contracts/executions";
import { openLanes } from "./lanes";
import { toKept, type JobRow, type Kept } from "./records";

export type JobRows = ReturnType<typeof openJobRows>;
export type JobBody = "request" | "result" | "callback";

/** Under the 2 MB that a row may have. */
const partCharacters = 1_500_000;

/** The jobs of one team, their attempts, and what of them is kept for a while only. */
export function openJobRows(sql: SqlStorage) {
  sql.exec(`
    CREATE TABLE IF NOT EXISTS jobs (
      id TEXT PRIMARY KEY, status TEXT NOT NULL, due_at INTEGER NOT NULL, tool_id TEXT NOT NULL,
      connection_id TEXT NOT NULL, asked TEXT NOT NULL, state TEXT NOT NULL, recorded TEXT
    ) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS jobs_by_status ON jobs (status);
    CREATE INDEX IF NOT EXISTS jobs_by_tool ON jobs (tool_id);
    CREATE INDEX IF NOT EXISTS jobs_by_connection ON jobs (connection_id);
    CREATE INDEX IF NOT EXISTS jobs_under_way ON jobs (status, due_at)
      WHERE status IN ('queued', 'running');
    CREATE TABLE IF NOT EXISTS job_attempts (
      job_id TEXT NOT NULL, attempt INTEGER NOT NULL, execution_id TEXT NOT NULL, status TEXT,
      PRIMARY KEY (job_id, attempt)
    ) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS job_bodies (
      job_id TEXT NOT NULL, body TEXT NOT NULL, part INTEGER NOT NULL, key_id TEXT,
      text TEXT NOT NULL, PRIMARY KEY (job_id, body, part)
    );
    CREATE INDEX IF NOT EXISTS job_bodies_by_key ON job_bodies (key_id) WHERE key_id IS NOT NULL;
  `);

  return {
    ...openLanes(sql),

    find(id: string): Kept | undefined {
      const [row] = sql
        .exec<JobRow>("SELECT id, status, asked, state FROM jobs WHERE id = ?", id)
        .toArray();
      return row && toKept(row);
    },

    recorded(id: string): string | null {
      const [row] = sql
        .exec<{ recorded: string | null }>("SELECT recorded FROM jobs WHERE id = ?", id)
        .toArray();
      return row?.recorded ?? null;
    },

    /** False where there is one of this id. */
    insert({ id, status, asked, state }: Kept, at: { dueAt: number; recorded: string }): boolean {
      return (
        sql.exec(
          "INSERT OR IGNORE INTO jobs VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
          id,
          status,
          at.dueAt,
          asked.toolId,
          asked.connectionId,
          JSON.stringify(asked),
          JSON.stringify(state),
          at.recorded,
        ).rowsWritten > 0
      );
    },

    save({ id, status, state }: Kept, dueAt?: number): void {
      sql.exec(
        "UPDATE jobs SET status = ?, state = ?, due_at = ifnull(?, due_at) WHERE id = ?",
        status,
        JSON.stringify(state),
        dueAt ?? null,
        id,
      );
    },

    dueAt(id: string): number {
      return sql.exec<{ due_at: number }>("SELECT due_at FROM jobs WHERE id = ?", id).one().due_at;
    },

    /** Whether so many or more are queued. */
    waitingAtLeast(count: number): boolean {
      return (
        sql
          .exec(
            `SELECT 1 FROM jobs INDEXED BY jobs_under_way
             WHERE status = 'queued' AND status IN ('queued', 'running') LIMIT 1 OFFSET ?`,
            count - 1,
          )
          .toArray().length > 0
      );
    },

    /** Attempts that should have ended by then. */
    overdue({ by, limit }: { by: number; limit: number }): string[] {
      return sql
        .exec<{ id: string }>(
          `SELECT id FROM jobs INDEXED BY jobs_under_way
           WHERE status = 'running' AND status IN ('queued', 'running') AND due_at <= ?
           ORDER BY due_at LIMIT ?`,
          by,
          limit,
        )
        .toArray()
        .map(({ id }) => id);
    },

    /** When the next one's time comes after `now`; undefined where none waits for one. */
    nextDueAfter(now: number): number | undefined {
      const { at } = sql
        .exec<{ at: number | null }>(
          `SELECT min(at) AS at FROM (
             SELECT min(due_at) AS at FROM jobs WHERE status = 'queued' AND due_at > ?
             UNION ALL SELECT min(due_at) FROM jobs WHERE status = 'running' AND due_at > ?)`,
          now,
          now,
        )
        .one();
      return at ?? undefined;
    },

    addAttempt(jobId: string, attempt: number, executionId: string): void {
      sql.exec("INSERT INTO job_attempts VALUES (?, ?, ?, NULL)", jobId, attempt, executionId);
    },

    endAttempt(jobId: string, attempt: number, status: string | null): void {
      sql.exec(
        "UPDATE job_attempts SET status = ? WHERE job_id = ? AND attempt = ?",
        status,
        jobId,
        attempt,
      );
    },

    attempts(jobId: string): { executionId: string; status: ExecutionStatus | null }[] {
      return sql
        .exec<{ executionId: string; status: ExecutionStatus | null }>(
          `SELECT execution_id AS executionId, status FROM job_attempts WHERE job_id = ?
           ORDER BY attempt`,
          jobId,
        )
        .toArray();
    },

    body(jobId: string, body: JobBody): string | null {
      const parts = sql
        .exec<{ text: string }>(
          "SELECT text FROM job_bodies WHERE job_id = ? AND body = ? ORDER BY part",
          jobId,
          body,
        )
        .toArray();
      return parts.length === 0 ? null : parts.map(({ text }) => text).join("");
    },

    putBody(jobId: string, body: JobBody, text: string): void {
      sql.exec("DELETE FROM job_bodies WHERE job_id = ? AND body = ?", jobId, body);
      // `pb1.<key id>.…`: so that a rotation finds what is sealed with which key.
      const keyId = text.split(".", 2)[1] ?? null;
      for (let from = 0; from < text.length; from += partCharacters)
        sql.exec(
          "INSERT INTO job_bodies VALUES (?, ?, ?, ?, ?)",
          jobId,
          body,
          from / partCharacters,
          from === 0 ? keyId : null,
          text.slice(from, from + partCharacters),
        );
    },

    dropResult(jobId: string): void {
      sql.exec("DELETE FROM job_bodies WHERE job_id = ? AND body = 'result'", jobId);
    },

    /** Its arguments and its result; where its end is to be told may be needed for longer. */
    dropBodies(jobId: string): void {
      sql.exec("DELETE FROM job_bodies WHERE job_id = ? AND body <> 'callback'", jobId);
    },

    dropCallback(jobId: string): void {
      sql.exec("DELETE FROM job_bodies WHERE job_id = ? AND body = 'callback'", jobId);
    },

    /** The next of those that are sealed with this key, after a place. */
    sealedWith(
      keyId: string,
      after: number,
    ): { place: number; jobId: string; body: JobBody } | undefined {
      const [row] = sql
        .exec<{ place: number; jobId: string; body: JobBody }>(
          `SELECT rowid AS place, job_id AS jobId, body FROM job_bodies
           WHERE key_id = ? AND rowid > ? ORDER BY rowid LIMIT 1`,
          keyId,
          after,
        )
        .toArray();
      return row;
    },

    /** The oldest that have ended, of those below this id. */
    endedBefore(id: string, limit: number): string[] {
      return sql
        .exec<{ id: string }>(
          `SELECT id FROM jobs WHERE id < ? AND status NOT IN ('queued', 'running')
           ORDER BY id LIMIT ?`,
          id,
          limit,
        )
        .toArray()
        .map((row) => row.id);
    },

    isEmpty: (): boolean => sql.exec("SELECT 1 FROM jobs LIMIT 1").toArray().length === 0,

    /** All of them that is here. */
    remove(ids: readonly string[]): void {
      const list = JSON.stringify(ids);
      for (const table of ["job_attempts", "job_bodies", "job_lanes"])
        sql.exec(`DELETE FROM ${table} WHERE job_id IN (SELECT value FROM json_each(?))`, list);
      sql.exec("DELETE FROM jobs WHERE id IN (SELECT value FROM json_each(?))", list);
    },
  };
}
