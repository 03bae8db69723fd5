import type { ExecutionStatus } from "../../shared/contracts/executions";
import { describeError, log } from "../platform/log";
import type { Events } from "./events";
import { noteProgress } from "./jobs/progress";
import type { JobRows } from "./jobs/rows";
import { executionIndexes } from "./list";
import type { Intent, LedgerEntry, Outcome } from "./records";
import type { Ended } from "./rollups";

type Note = LedgerEntry["notes"][number];
type NoteOf = Note & { subjectId: string };

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
      for (const some of inStatements(entries)) {
        const all = some.map(read);
        const added = insert(all);
        events.addAll(
          all.flatMap((one) => writeOne(one, { isNew: added.has(one.entry.executionId), ended })),
        );
      }
      count(ended);
    });
    tell(ended);
    return ended.size;
  }

  /** The ids of those that were not there yet. */
  function insert(all: readonly Read[]): Set<string> {
    const rows = all.map(() => "(?, ?, ?, ?, ?, ?, ?, ?)").join(", ");
    const added = sql.exec<{ id: string }>(
      `INSERT OR IGNORE INTO executions VALUES ${rows} RETURNING id`,
      ...all.flatMap(({ entry, intent, outcome }) => [
        entry.executionId,
        outcome?.status ?? "running",
        intent.toolId,
        intent.connectionId,
        entry.intent,
        entry.outcome,
        entry.arguments,
        entry.result,
      ]),
    );
    return new Set(added.toArray().map(({ id }) => id));
  }

  /** Answers with the events there are to add. */
  function writeOne(
    { entry, intent, outcome }: Read,
    { isNew, ended }: { isNew: boolean; ended: Map<string, Ended> },
  ): NoteOf[] {
    const { executionId } = entry;
    const toEvent = (note: Note): NoteOf => ({ ...note, subjectId: executionId });
    const notes = isNew
      ? entry.notes
      : entry.notes.filter((note) => !events.has(executionId, note));
    // It ended once. What was heard on its way may come after that: a delivery that failed, made again.
    if (!isNew && statusOf(executionId) !== "running") return notes.map(toEvent);
    const told = notes.map(toEvent);
    if (isNew) told.unshift(toEvent({ at: intent.startedAt, type: "started", data: "{}" }));
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
      const at = outcome.finishedAt ?? Date.now();
      told.push(toEvent({ at, type: "finished", data: JSON.stringify({ status, durationMs }) }));
      ended.set(executionId, { intent, outcome });
      const { kept = null } = entry;
      if (kept !== null) keep(executionId, kept);
    }
    const jobId = intent.context?.jobId;
    if (jobId !== undefined) noteProgress(jobs(), jobId, { executionId, notes });
    return told;
  }

  function statusOf(executionId: string): ExecutionStatus {
    return sql
      .exec<{ status: ExecutionStatus }>("SELECT status FROM executions WHERE id = ?", executionId)
      .one().status;
  }
}

type Read = { entry: LedgerEntry; intent: Intent; outcome: Outcome | null };

function read(entry: LedgerEntry): Read {
  const outcome = entry.outcome === null ? null : (JSON.parse(entry.outcome) as Outcome);
  return { entry, intent: JSON.parse(entry.intent) as Intent, outcome };
}

/** A statement has its price, and takes 100 parameters. */
const mostInStatement = 12;

/** In their order, and none twice in one: what comes second finds written down what came first. */
function* inStatements(entries: readonly LedgerEntry[]): Generator<LedgerEntry[]> {
  let some = new Map<string, LedgerEntry>();
  for (const entry of entries) {
    if (some.size === mostInStatement || some.has(entry.executionId)) {
      yield [...some.values()];
      some = new Map();
    }
    some.set(entry.executionId, entry);
  }
  if (some.size > 0) yield [...some.values()];
}
