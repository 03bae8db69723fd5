import type { Job, JobProgress, JobStatus } from "../../../shared/contracts/jobs";
import type { ExecutionStatus } from "../../../shared/contracts/executions";
import type { LiveJob } from "../../../shared/contracts/live";

/** What a job was asked to be. It never changes. */
export type Asked = Pick<
  Job,
  | "toolId"
  | "name"
  | "connectionId"
  | "connectionSlug"
  | "actor"
  | "requestId"
  | "context"
  | "createdAt"
  | "timeoutMs"
  | "notify"
> & {
  /** How long its arguments and its result are kept after its end. */
  resultSeconds: number;
  /** When a second factor stood behind whoever asked; null where none did. */
  secondFactorAt: number | null;
};

export type FinalStatus = Exclude<JobStatus, "queued" | "running">;
export type Reason = { code: string; message: string };

/** How a job stands. */
export type State = Pick<
  Job,
  | "startedAt"
  | "finishedAt"
  | "nextAttemptAt"
  | "attempts"
  | "executionId"
  | "progress"
  | "error"
  | "cancelRequestedAt"
  | "callback"
  | "resultUntil"
> & {
  /** When the attempt under way began. */
  attemptAt: number | null;
  /** Attempts that were begun before somebody retried it by hand: those do not count against its share. */
  attemptsBefore: number;
  /** How often somebody retried it by hand: that is free, so it has an end. */
  retries: number;
};

export type JobRow = { id: string; status: JobStatus; asked: string; state: string };

/** A job as the ledger has it in hand. */
export type Kept = { id: string; status: JobStatus; asked: Asked; state: State };

/** What a new job comes with. */
export type NewJob = {
  id: string;
  asked: Asked;
  /** The arguments as they are shown: JSON of a RecordedBody. */
  recorded: string;
  /** What its attempts need, sealed. */
  sealedRequest: string;
  /** Where its end is told: without its query to be shown, and whole, with its secret, sealed. */
  callback: { url: string; sealed: string } | null;
  /** How many jobs of the team run at the same time, as its plan is now. */
  jobsAtOnce: number;
};

/** What an attempt came to, and what follows from it. */
export type AttemptEnd = {
  attempt: number;
  /** What became of its execution; null where none was ever admitted. */
  status: Exclude<ExecutionStatus, "running"> | null;
  error: Reason | null;
  next: { again: number } | { ended: FinalStatus };
  /** The whole result, sealed, of one that has one. */
  sealedResult: string | null;
};

export type Claim =
  /** The attempt is the asker's: under this execution id. */
  | { kind: "begin"; attempt: number; tries: number; asked: Asked; sealedRequest: string }
  /** An attempt is under way, as far as anybody knows. */
  | {
      kind: "open";
      attempt: number;
      tries: number;
      executionId: string;
      cancelRequested: boolean;
      asked: Asked;
    }
  /** There is no slot, or its time has not come: the ledger wakes it. */
  | { kind: "wait" }
  /** It has ended, or there is none. */
  | { kind: "over" };

export const newState: State = {
  startedAt: null,
  finishedAt: null,
  nextAttemptAt: null,
  attempts: 0,
  executionId: null,
  progress: null,
  error: null,
  cancelRequestedAt: null,
  callback: null,
  resultUntil: null,
  attemptAt: null,
  attemptsBefore: 0,
  retries: 0,
};

export const isOver = (status: JobStatus): status is FinalStatus =>
  status !== "queued" && status !== "running";

export function toKept({ id, status, asked, state }: JobRow): Kept {
  return { id, status, asked: JSON.parse(asked) as Asked, state: JSON.parse(state) as State };
}

export function toJob({ id, status, asked, state }: Kept, estimate: Job["estimate"]): Job {
  const { resultSeconds: _kept, secondFactorAt: _factor, ...shown } = asked;
  const { attemptAt: _at, attemptsBefore: _before, retries: _retries, ...now } = state;
  return { id, status, ...shown, ...now, estimate };
}

export function toLiveJob({ id, status, asked, state }: Kept): LiveJob {
  const { toolId, name, connectionId, connectionSlug, createdAt } = asked;
  const { finishedAt, attempts, progress } = state;
  return {
    id,
    status,
    toolId,
    name,
    connectionId,
    connectionSlug,
    createdAt,
    finishedAt,
    attempts,
    progress: progress && withoutTime(progress),
  };
}

const withoutTime = ({ at: _at, ...progress }: JobProgress): LiveJob["progress"] => progress;
