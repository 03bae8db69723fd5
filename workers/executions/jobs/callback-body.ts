import type { Job, JobEnded } from "../../../shared/contracts/jobs";
import { utf8 } from "../../platform/encoding";

/** A longer result is read from the job. */
const mostResultBytes = 262_144;

type Told = {
  job: Job;
  result: JobEnded["data"]["result"];
  cached?: JobEnded["data"]["cached"];
  attempts: JobEnded["data"]["attempts"];
};

/** A JobEnded as JSON text, the same for every attempt to tell it. */
export function callbackBody({ job, result, cached, attempts }: Told): string {
  const tooLong = result !== null && utf8(JSON.stringify(result)).length > mostResultBytes;
  return JSON.stringify({
    type: "job.ended",
    timestamp: new Date(job.finishedAt ?? 0).toISOString(),
    data: {
      // How the telling goes is no part of what is told.
      job: { ...job, callback: null, estimate: null },
      result: tooLong ? null : result,
      ...(cached && { cached }),
      ...(tooLong ? { resultAt: `/api/v1/jobs/${job.id}` } : {}),
      attempts,
    },
  } satisfies JobEnded);
}

/** The same for the same end of the same job: one that is retried ends anew. */
export const callbackId = ({ id, finishedAt }: Pick<Job, "id" | "finishedAt">): string =>
  `${id}_${finishedAt}`;
