import type {
  Execution,
  ExecutionDetail,
  ExecutionEvent,
  ExecutionStatus,
  RecordedBody,
} from "../../shared/contracts/executions";
import type { JobEvent } from "../../shared/contracts/jobs";

/** What the gate hands over of one call: its beginning, what was heard on the way, and its end once there is one. */
export type LedgerEntry = {
  executionId: string;
  intent: string;
  arguments: string | null;
  notes: { at: number; type: string; data: string }[];
  outcome: string | null;
  result: string | null;
  /** The answer, sealed, for whoever repeats the call under its idempotency key. */
  kept?: string | null;
};

export type Intent = Pick<
  Execution,
  | "method"
  | "surface"
  | "toolId"
  | "name"
  | "connectionId"
  | "connectionSlug"
  | "actor"
  | "requestId"
  | "startedAt"
> &
  // Older intents have none.
  Partial<Pick<Execution, "context">>;

export type Outcome = Pick<Execution, "finishedAt" | "durationMs" | "upstreamMs" | "error"> &
  // An older outcome has none, nor has that of a call that was lost.
  Partial<Pick<Execution, "admittedMs">> & { status: Exclude<ExecutionStatus, "running"> };

export type ExecutionRow = {
  id: string;
  status: ExecutionStatus;
  intent: string;
  outcome: string | null;
};

export function toExecution(row: ExecutionRow): Execution {
  const intent = JSON.parse(row.intent) as Intent;
  const outcome = row.outcome === null ? undefined : (JSON.parse(row.outcome) as Outcome);
  return {
    id: row.id,
    status: row.status,
    ...intent,
    context: intent.context ?? {},
    finishedAt: outcome?.finishedAt ?? null,
    durationMs: outcome?.durationMs ?? null,
    admittedMs: outcome?.admittedMs ?? null,
    upstreamMs: outcome?.upstreamMs ?? null,
    error: outcome?.error ?? null,
  };
}

export function toDetail(
  row: ExecutionRow & { arguments: string | null; result: string | null },
): ExecutionDetail {
  return {
    ...toExecution(row),
    arguments: row.arguments === null ? null : (JSON.parse(row.arguments) as RecordedBody),
    result: row.result === null ? null : (JSON.parse(row.result) as RecordedBody),
  };
}

export type EventRow = {
  seq: number;
  execution_id: string;
  at: number;
  type: string;
  data: string;
};

export function toEvent(row: EventRow): ExecutionEvent {
  return {
    seq: row.seq,
    executionId: row.execution_id,
    at: row.at,
    type: row.type as ExecutionEvent["type"],
    data: JSON.parse(row.data) as Record<string, unknown>,
  };
}

/** A job's own event, or one of its attempts'. */
export function toAnyEvent(row: EventRow): ExecutionEvent | JobEvent {
  if (!row.execution_id.startsWith("job_")) return toEvent(row);
  const { seq, execution_id: jobId, at, type, data } = row;
  return {
    seq,
    jobId,
    at,
    type: type as JobEvent["type"],
    data: JSON.parse(data) as Record<string, unknown>,
  };
}
