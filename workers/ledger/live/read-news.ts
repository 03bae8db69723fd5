import type { LiveJob, LiveMessage } from "../../../shared/contracts/live";
import { toEvent, toExecution, type EventRow, type ExecutionRow } from "../records";
import { newsOf, type News } from "./frames";
import type { Only } from "./sight";

/** Events after one sequence number, up to another. */
export type Span = { after: number; upTo: number; limit: number; only: Only | null };

/** What was read, up to which sequence number, and whether there is no more in the span. */
export type Read = { news: News[]; upTo: number; done: boolean };

type Row = EventRow & { [Key in keyof ExecutionRow]: ExecutionRow[Key] | null };

/** Events as viewers are told them, oldest first, each with its execution or job as it is now. */
export function openNews(sql: SqlStorage, jobOf: (id: string) => LiveJob | null) {
  return function readNews({ after, upTo, limit, only }: Span): Read {
    // An execution's events have an index of their own; those of a job are told apart by what they belong to.
    const executionId = only !== null && "executionId" in only ? [only.executionId] : [];
    const rows = sql
      .exec<Row>(
        `SELECT seq, execution_id, at, type, data, executions.id, status, intent, outcome
         FROM events LEFT JOIN executions ON executions.id = execution_id
         WHERE seq > ? AND seq <= ? ${executionId.length > 0 ? "AND execution_id = ?" : ""}
         ORDER BY seq LIMIT ?`,
        after,
        upTo,
        ...executionId,
        limit,
      )
      .toArray();
    const done = rows.length < limit;
    const news = rows.flatMap((row) => messagesOf(row, jobOf).map((message) => newsOf(message)));
    return { news, done, upTo: done ? upTo : (rows.at(-1)?.seq ?? upTo) };
  };
}

/** Progress of an attempt is the job's too. */
function messagesOf(row: Row, jobOf: (id: string) => LiveJob | null): LiveMessage[] {
  const { seq, execution_id: subjectId, at, type } = row;
  const ofJob = (jobId: string): LiveMessage => {
    const data = JSON.parse(row.data) as Record<string, unknown>;
    return { type: "job", seq, event: { seq, jobId, at, type, data }, job: jobOf(jobId) };
  };
  if (subjectId.startsWith("job_")) return [ofJob(subjectId)];
  const { id, status, intent, outcome } = row;
  const known = id !== null && status !== null && intent !== null;
  const execution = known ? toExecution({ id, status, intent, outcome }) : null;
  const event: LiveMessage = { type: "event", seq, event: toEvent(row), execution };
  const jobId = type === "progress" ? execution?.context.jobId : undefined;
  return jobId === undefined ? [event] : [event, ofJob(jobId)];
}
