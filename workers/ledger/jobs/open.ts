import type { Job, JobStatus } from "../../../shared/contracts/jobs";
import { log } from "../../platform/log";
import type { LedgerEntry } from "../records";
import type { Room } from "../room";
import { estimate } from "./estimate";
import {
  isOver,
  newState,
  toJob,
  type AttemptEnd,
  type Claim,
  type FinalStatus,
  type Kept,
  type NewJob,
  type Reason,
} from "./records";
import { openJobRows } from "./rows";
import { clearDue, lookEveryMs, openJobUpkeep, retainEveryMs, type Lent } from "./upkeep";

/** What the ledger lends to its jobs. */
export type Place = Omit<Lent, "rows" | "jobsAtOnce"> & {
  room: Room;
  /** Writes events of a job and tells the live viewers. */
  addEvents: (jobId: string, events: LedgerEntry["notes"]) => void;
  /** The job has ended. */
  ended: (jobId: string) => void;
};

/** The job; or why there can be none now: too many wait, or what is kept of them fills the ledger. */
export type Made = Job | "crowded" | "full";

/** A job with what belongs to it; the result is sealed. */
export type JobRead = { job: Job; recorded: string | null; sealedResult: string | null };

export type Cancelled =
  | { kind: "cancelled" }
  /** An attempt is under way: its runner has to hear of it. */
  | { kind: "stopping"; lane: number }
  | { kind: "over"; status: JobStatus }
  | { kind: "unknown" };
type NoRetry = "not_over" | "succeeded" | "not_kept" | "too_often";
export type Retried = { kind: "queued" } | { kind: NoRetry } | { kind: "unknown" };

/** Past its time limit an attempt has so long to tell its end. */
const graceMs = 30_000;
/** Of what took longer people hear in their inbox. */
const longMs = 30_000;
/** So many jobs of a team may wait: each keeps its arguments. */
const mostWaiting = 10_000;
/** A retry costs nothing of any limit. */
const mostRetries = 10;
const cancelledUnderWay: Reason = { code: "cancelled", message: "It was cancelled while it ran." };

/**
 * The jobs of one team. Each is a row until its retention ends: a message in a queue only wakes what looks at the row
 * again. Its methods are the ledger's, which calls each of them in one turn.
 */
export function openJobs(lent: Place) {
  const { storage, due, room, addEvents, ended } = lent;
  const { sql, kv } = storage;
  const rows = openJobRows(sql);
  return {
    rows,

    /** Any number of times: the first makes it, the others find it. */
    create({ id, asked, recorded, sealedRequest, callback, jobsAtOnce }: NewJob): Made {
      const known = rows.find(id);
      if (known) return shown(known);
      if (rows.waitingAtLeast(mostWaiting)) return "crowded";
      if (!room.forMore()) return "full";
      const now = asked.createdAt;
      const state = { ...newState, callback: callback && waiting(callback.url) };
      const job: Kept = { id, status: "queued", asked, state };
      kv.put("jobs_at_once", jobsAtOnce);
      rows.insert(job, { dueAt: now, recorded });
      rows.putBody(id, "request", sealedRequest);
      if (callback) rows.putBody(id, "callback", callback.sealed);
      addEvents(id, [{ at: now, type: "queued", data: "{}" }]);
      due.setBy("jobs.look", "", Date.now() + lookEveryMs / 2);
      due.setBy("jobs.retain", "", Date.now() + retainEveryMs);
      return shown(job);
    },

    read(id: string): JobRead | null {
      const job = rows.find(id);
      if (!job) return null;
      const sealedResult = rows.body(id, "result");
      return { job: shown(job), recorded: rows.recorded(id), sealedResult };
    },

    /** Which runner sees to it now; null where none has to, or all are busy. Undefined for one that is not there. */
    lane(id: string): number | null | undefined {
      const job = rows.find(id);
      if (!job) return undefined;
      if (isOver(job.status)) return null;
      if (job.status === "queued" && rows.dueAt(id) > Date.now()) return null;
      return laneOf(id) ?? null;
    },

    /** Begins the next attempt under this execution id, for whoever runs it. */
    claim(id: string, executionId: string): Claim {
      const job = rows.find(id);
      const now = Date.now();
      if (!job || isOver(job.status)) return { kind: "over" };
      const { asked, state } = job;
      if (job.status === "running" && state.executionId !== executionId)
        return {
          kind: "open",
          attempt: state.attempts,
          tries: state.attempts - state.attemptsBefore,
          executionId: state.executionId ?? "",
          cancelRequested: state.cancelRequestedAt !== null,
          asked,
        };
      if (job.status === "queued") {
        if (rows.dueAt(id) > now || laneOf(id) === undefined) return { kind: "wait" };
        state.attempts += 1;
        state.executionId = executionId;
        state.attemptAt = now;
        state.startedAt ??= now;
        state.nextAttemptAt = null;
        state.progress = null;
        rows.addAttempt(id, state.attempts, executionId);
        rows.save({ ...job, status: "running" }, now + asked.timeoutMs + graceMs);
        const data = JSON.stringify({ attempt: state.attempts, executionId });
        addEvents(id, [{ at: now, type: "attempt_started", data }]);
        due.setBy("jobs.look", "", now + asked.timeoutMs + graceMs);
      }
      const sealedRequest = rows.body(id, "request") ?? "";
      const { attempts: attempt, attemptsBefore } = state;
      return { kind: "begin", attempt, tries: attempt - attemptsBefore, asked, sealedRequest };
    },

    /** The attempt under way has ended. Of another one, or a second time, it changes nothing. */
    endAttempt(id: string, end: AttemptEnd): void {
      const job = rows.find(id);
      if (!job || job.status !== "running" || job.state.attempts !== end.attempt) return;
      const now = Date.now();
      const { attempt, status, error } = end;
      const { executionId } = job.state;
      rows.endAttempt(id, attempt, status);
      freeLane(id, now);
      const data = JSON.stringify({ attempt, executionId, status });
      addEvents(id, [{ at: now, type: "attempt_ended", data }]);
      const stopped = job.state.cancelRequestedAt !== null;
      if ("ended" in end.next) {
        if (end.sealedResult !== null) keepResult(id, end.sealedResult);
        const { ended: final } = end.next;
        return finish(job, final, stopped && final === "cancelled" ? cancelledUnderWay : error);
      }
      if (stopped) return finish(job, "cancelled", error);
      const { again } = end.next;
      job.state.nextAttemptAt = again;
      job.state.attemptAt = null;
      job.state.error = error;
      rows.save({ ...job, status: "queued" }, again);
      addEvents(id, [{ at: now, type: "retry_scheduled", data: JSON.stringify({ at: again }) }]);
      due.setBy("jobs.look", "", again);
    },

    cancel(id: string, by: string): Cancelled {
      const job = rows.find(id);
      if (!job) return { kind: "unknown" };
      if (isOver(job.status)) return { kind: "over", status: job.status };
      const now = Date.now();
      if (job.state.cancelRequestedAt === null) {
        job.state.cancelRequestedAt = now;
        rows.save(job);
        addEvents(id, [{ at: now, type: "cancel_requested", data: JSON.stringify({ by }) }]);
      }
      if (job.status === "running") return { kind: "stopping", lane: laneOf(id) ?? 0 };
      finish(job, "cancelled", { code: "cancelled", message: "It was cancelled before it ran." });
      return { kind: "cancelled" };
    },

    /** Once more from the beginning, as the same job. */
    retry(id: string): Retried {
      const job = rows.find(id);
      if (!job) return { kind: "unknown" };
      const refused = whyNoRetry(job);
      if (refused) return { kind: refused };
      const now = Date.now();
      const { attempts, startedAt, executionId, callback, retries } = job.state;
      job.state = {
        ...newState,
        attempts,
        attemptsBefore: attempts,
        retries: retries + 1,
        startedAt,
        executionId,
        callback: callback && waiting(callback.url),
      };
      rows.save({ ...job, status: "queued" }, now);
      // What an earlier run came to is not what this one will.
      rows.dropResult(id);
      clearDue(due, id);
      addEvents(id, [{ at: now, type: "queued", data: "{}" }]);
      due.setBy("jobs.look", "", now + lookEveryMs / 2);
      return { kind: "queued" };
    },

    /** Those of them that would be queued again. */
    retryable(ids: readonly string[]): string[] {
      return ids.filter((id) => {
        const job = rows.find(id);
        return job !== undefined && whyNoRetry(job) === undefined;
      });
    },

    ...openJobUpkeep({ ...lent, rows, jobsAtOnce }),
    shown,
  };

  function whyNoRetry({ id, status, state }: Kept): NoRetry | undefined {
    if (!isOver(status)) return "not_over";
    if (status === "succeeded") return "succeeded";
    if (Date.now() >= (state.resultUntil ?? 0) || rows.body(id, "request") === null)
      return "not_kept";
    return state.retries >= mostRetries ? "too_often" : undefined;
  }

  function jobsAtOnce(): number {
    return kv.get<number>("jobs_at_once") ?? 1;
  }

  function laneOf(id: string): number | undefined {
    return rows.lane(id, { most: jobsAtOnce(), now: Date.now() });
  }

  /** Its runner is another's now. */
  function freeLane(id: string, now: number): void {
    if (rows.freeLane(id)) due.setBy("jobs.look", "", now);
  }

  function shown(job: Kept): Job {
    return toJob(job, estimate(sql, job));
  }

  /** The end of a job must fit in whatever happens; what it came to is lost before the ledger is. */
  function keepResult(id: string, sealed: string): void {
    if (room.forResults()) rows.putBody(id, "result", sealed);
    else log("error", "job.result_not_kept", { jobId: id, characters: sealed.length });
  }

  function finish(job: Kept, status: FinalStatus, error: Reason | null): void {
    const { id, asked, state } = job;
    const now = Date.now();
    freeLane(id, now);
    state.finishedAt = now;
    state.nextAttemptAt = null;
    state.attemptAt = null;
    state.error = status === "succeeded" ? null : error;
    state.resultUntil = now + asked.resultSeconds * 1000;
    if (state.callback) {
      state.callback = { ...waiting(state.callback.url), nextAt: now };
      due.set("job.callback", id, now);
    }
    if (isToldOf(job, now)) due.set("job.notify", id, now);
    rows.save({ ...job, status });
    due.set("job.forget", id, state.resultUntil);
    addEvents(id, [{ at: now, type: "finished", data: JSON.stringify({ status }) }]);
    ended(id);
  }
}

/** Whoever asked for it wants to hear of its end, or has long turned to something else. */
function isToldOf({ asked, state }: Kept, now: number): boolean {
  const ranMs = now - (state.startedAt ?? now);
  return asked.notify || (asked.actor.personId !== null && ranMs > longMs);
}

const waiting = (url: string): NonNullable<Job["callback"]> => ({
  url,
  status: "pending",
  attempts: 0,
  lastStatus: null,
  nextAt: null,
});
