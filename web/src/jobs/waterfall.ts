import type { ExecutionEvent } from "../../../shared/contracts/executions";
import type { Job, JobEvent } from "../../../shared/contracts/jobs";
import { hasEnded } from "./filters";

export type Span = {
  of: "queue" | "attempt" | "wait" | "callback";
  /** Of attempts and callbacks: which one, from 1. Of waits: the attempt they come before. */
  number: number;
  from: number;
  /** Null while it goes on. */
  to: number | null;
  status?: string;
  executionId?: string;
};

export const isJobEvent = (event: JobEvent | ExecutionEvent): event is JobEvent => "jobId" in event;

const textOf = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? value : undefined;

/** The parts of a job's time, one after the other: waiting, attempts, waits between them, its callback. */
export function spansOf(job: Job, events: readonly (JobEvent | ExecutionEvent)[]): Span[] {
  const own = events.filter(isJobEvent).toSorted((one, other) => one.seq - other.seq);
  if (own.length === 0) return roughSpans(job);
  const spans: Span[] = [{ of: "queue", number: 1, from: job.createdAt, to: null }];
  let attempts = 0;
  let callbacks = 0;
  const close = (at: number, more: Partial<Span> = {}) => {
    const last = spans.at(-1);
    if (last && last.to === null) Object.assign(last, { to: at, ...more });
  };
  const open = (span: Omit<Span, "to">) => spans.push({ ...span, to: null });
  for (const { type, at, data } of own) {
    const executionId = textOf(data["executionId"]);
    if (type === "queued" && attempts > 0) {
      close(at);
      open({ of: "queue", number: attempts + 1, from: at });
    } else if (type === "attempt_started") {
      const last = spans.at(-1);
      if (last?.of === "attempt" && last.to !== null && at > last.to)
        open({ of: "wait", number: attempts + 1, from: last.to });
      close(at);
      attempts += 1;
      open({ of: "attempt", number: attempts, from: at, ...(executionId ? { executionId } : {}) });
    } else if (type === "attempt_ended") {
      const status = textOf(data["status"]);
      close(at, { ...(status ? { status } : {}), ...(executionId ? { executionId } : {}) });
    } else if (type === "retry_scheduled") {
      close(at);
      open({ of: "wait", number: attempts + 1, from: at });
    } else if (type === "finished") {
      const status = textOf(data["status"]);
      close(at, status ? { status } : {});
      if (job.callback) open({ of: "callback", number: 1, from: at });
    } else if (type === "callback_delivered" || type === "callback_failed") {
      callbacks += 1;
      close(at, { status: type === "callback_delivered" ? "delivered" : "failed" });
      if (type === "callback_failed" && job.callback?.status === "pending")
        open({ of: "callback", number: callbacks + 1, from: at });
    }
  }
  // What was not heard of ends with the job.
  const last = spans.at(-1);
  if (hasEnded(job) && last?.to === null && (last.of !== "callback" || isSettled(job)))
    if (last.of === "callback") spans.pop();
    else close(job.finishedAt ?? last.from);
  return spans;
}

const isSettled = ({ callback }: Job): boolean => callback?.status !== "pending";

/** Where no event is kept any more: what the job itself says. */
function roughSpans({ createdAt, startedAt, finishedAt, attempts }: Job): Span[] {
  const queue: Span = { of: "queue", number: 1, from: createdAt, to: startedAt ?? finishedAt };
  if (startedAt === null) return [queue];
  return [queue, { of: "attempt", number: attempts, from: startedAt, to: finishedAt }];
}

export type Bar = { left: number; width: number };

/** Where each part stands between the beginning and the end of all, from 0 to 1. */
export function barsOf(spans: readonly Span[], now: number): Bar[] {
  const begin = Math.min(...spans.map(({ from }) => from));
  const end = Math.max(...spans.map(({ from, to }) => to ?? Math.max(from, now)));
  const whole = Math.max(1, end - begin);
  return spans.map(({ from, to }) => ({
    left: (from - begin) / whole,
    width: Math.max(0, (to ?? Math.max(from, now)) - from) / whole,
  }));
}
