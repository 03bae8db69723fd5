import type { Job, JobCallback, JobEnded } from "../../../shared/contracts/jobs";
import type { Place } from "./open";
import { isOver, type Kept } from "./records";
import type { JobRows } from "./rows";

/** What a callback is to tell, and where: `sealed` is what `createJob` was given. */
export type DueCallback = {
  sealed: string;
  job: Job;
  sealedResult: string | null;
  attempts: JobEnded["data"]["attempts"];
};

/** What one attempt to tell it came to. `nextAt` is null where it was the last one. */
export type CallbackNote = Pick<JobCallback, "status" | "lastStatus" | "nextAt"> & {
  /** Which end was told: a job that was retried meanwhile may have another one. */
  finishedAt: number | null;
};

/** While nobody says what became of an attempt, the message for it is sent again after so long. */
const askAgainMs = 60_000;

type Lent = Pick<Place, "due" | "addEvents"> & { rows: JobRows; shown: (job: Kept) => Job };

/** What has to be told of jobs that have ended. */
export function openCallbacks({ due, addEvents, rows, shown }: Lent) {
  return {
    askAgainMs,

    /** The callback of this job whose time has come; null where none is. */
    due(id: string): DueCallback | null {
      const job = rows.find(id);
      const sealed = rows.body(id, "callback");
      if (!job || !isOver(job.status) || sealed === null) return null;
      const { callback } = job.state;
      if (callback?.status !== "pending" || (callback.nextAt ?? 0) > Date.now()) return null;
      const attempts = rows
        .attempts(id)
        .flatMap(({ executionId, status }) => (status === null ? [] : [{ executionId, status }]));
      return { sealed, job: shown(job), sealedResult: rows.body(id, "result"), attempts };
    },

    /** Of one that was told already, or of an earlier end, it changes nothing. */
    note(id: string, { status, lastStatus, nextAt, finishedAt }: CallbackNote): void {
      const job = rows.find(id);
      const { callback } = job?.state ?? {};
      if (!job || !isOver(job.status) || callback?.status !== "pending") return;
      if (job.state.finishedAt !== finishedAt) return;
      job.state.callback = {
        url: callback.url,
        status,
        attempts: callback.attempts + 1,
        lastStatus,
        nextAt: status === "pending" ? nextAt : null,
      };
      rows.save(job);
      if (status !== "pending" && Date.now() >= (job.state.resultUntil ?? 0)) rows.dropCallback(id);
      if (status === "pending" && nextAt !== null) due.set("job.callback", id, nextAt);
      else due.clear("job.callback", id);
      const type = status === "delivered" ? "callback_delivered" : "callback_failed";
      const data = JSON.stringify({ attempt: callback.attempts + 1, status: lastStatus, nextAt });
      addEvents(id, [{ at: Date.now(), type, data }]);
    },

    /** Whoever asked was told in their inbox of this end of it. */
    notified(id: string, finishedAt: number | null): void {
      const job = rows.find(id);
      if (!job || job.state.finishedAt === finishedAt) due.clear("job.notify", id);
    },
  };
}
