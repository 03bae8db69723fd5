import type { ExecutionStatus } from "../../shared/contracts/executions";
import { describeError, log } from "../platform/log";
import type { Events } from "./events";
import { noteProgress } from "./jobs/progress";
import type { JobRows } from "./jobs/rows";
import { executionIndexes } from "./list";
import type { Intent, LedgerEntry, Outcome } from "./records";
import type { Ended } from "./rollups";

/** Writes down executions as the gate tells of them. */
export function openRecording({
  sql,
  events,
  jobs,
  count,
  tell,
  keep,
}: {
  sql: SqlStorage;
  events: Events;
  jobs: () => JobRows;
  /** Counts those that have just ended. */
  count: (ended: ReadonlyMap<string, Ended>) => void;
  /** Tells of them, once they are written down. */
  tell: (ended: ReadonlyMap<string, Ended>) => void;
  /** Keeps an answer, sealed, for whoever repeats the call. */
  keep: (executionId: string, sealed: string) => void;
}) {
  sql.exec(`
    CREATE TABLE IF NOT EXISTS executions (
      id TEXT PRIMARY KEY, status TEXT NOT NULL, tool_id TEXT, connection_id TEXT NOT NULL,
      intent TEXT NOT NULL, outcome TEXT, arguments TEXT, result TEXT
    ) WITHOUT ROWID;
    ${executionIndexes}
  `);

  return { write };

  /** Takes entries, each any number of times: what is known already changes nothing. Answers how many have ended. */
  function write(entries: readonly LedgerEntry[]): number {
    try {
      return writeAll(entries);
    } catch {
      // What cannot be stored must not hold up the rest for ever: each for itself now, and that one without its bodies.
      return entries.reduce((ended, entry) => ended + writeWhatFits(entry), 0);
    }
  }

  function writeWhatFits(entry: LedgerEntry): number {
    try {
      return writeAll([entry]);
    } catch (error) {
      const ended = writeAll([{ ...entry, notes: [], arguments: null, result: null }]);
      log("error", "ledger.entry_cut", {
        executionId: entry.executionId,
        error: describeError(error),
      });
      return ended;
    }
  }

  function writeAll(entries: readonly LedgerEntry[]): number {
    const ended = new Map<string, Ended>();
    events.inOne(() => {
      for (const entry of entries) writeOne(entry, ended);
      count(ended);
    });
    tell(ended);
    return ended.size;
  }

  function writeOne(entry: LedgerEntry, ended: Map<string, Ended>): void {
    const { executionId } = entry;
    const intent = JSON.parse(entry.intent) as Intent;
    const outcome = entry.outcome === null ? null : (JSON.parse(entry.outcome) as Outcome);
    const isNew =
      sql.exec(
        "INSERT OR IGNORE INTO executions VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        executionId,
        outcome?.status ?? "running",
        intent.toolId,
        intent.connectionId,
        entry.intent,
        entry.outcome,
        entry.arguments,
        entry.result,
      ).rowsWritten > 0;
    const notes = isNew
      ? entry.notes
      : entry.notes.filter((note) => !events.has(executionId, note));
    if (!isNew && statusOf(executionId) !== "running") {
      // It ended once. What was heard on its way may come after that: a delivery that failed, made again.
      events.add(executionId, notes);
      return;
    }
    const told = isNew
      ? [{ at: intent.startedAt, type: "started", data: "{}" }, ...notes]
      : [...notes];
    if (outcome) {
      if (!isNew)
        sql.exec(
          "UPDATE executions SET status = ?, outcome = ?, result = ? WHERE id = ?",
          outcome.status,
          entry.outcome,
          entry.result,
          executionId,
        );
      const { status, durationMs } = outcome;
      told.push({
        at: outcome.finishedAt ?? Date.now(),
        type: "finished",
        data: JSON.stringify({ status, durationMs }),
      });
      ended.set(executionId, { intent, outcome });
      const { kept = null } = entry;
      if (kept !== null) keep(executionId, kept);
    }
    events.add(executionId, told);
    const jobId = intent.context?.jobId;
    if (jobId !== undefined) noteProgress(jobs(), jobId, { executionId, notes });
  }

  function statusOf(executionId: string): ExecutionStatus {
    return sql
      .exec<{ status: ExecutionStatus }>("SELECT status FROM executions WHERE id = ?", executionId)
      .one().status;
  }
}
