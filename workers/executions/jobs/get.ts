import type { RecordedBody } from "../../../shared/contracts/executions";
import type { JobDetail } from "../../../shared/contracts/jobs";
import type { JobRead } from "../../ledger";
import type { Context } from "../../platform/context";
import { HubError } from "../../platform/errors";
import { isOwn } from "../find";
import { findJob } from "./find";
import { openResult } from "./sealed";

/** A job with its arguments as they are recorded and, for whoever asked for it, its result. Throws `not_found`. */
export async function getJob(ctx: Context, id: string): Promise<JobDetail> {
  return detailOf(ctx, await findJob(ctx, id));
}

export async function detailOf(
  ctx: Context,
  { job, recorded, sealedResult }: JobRead,
): Promise<JobDetail> {
  const isKept = sealedResult !== null && (job.resultUntil ?? 0) > Date.now();
  return {
    ...job,
    arguments: recorded === null ? null : (JSON.parse(recorded) as RecordedBody),
    ...(isKept && isOwn(ctx, job.actor) ? await opened(ctx, job.id, sealedResult) : noResult),
  };
}

const noResult = { result: null };

async function opened(ctx: Context, jobId: string, sealed: string) {
  try {
    return await openResult(ctx, jobId, sealed);
  } catch (error) {
    // Its key is gone: so is what it sealed.
    if (error instanceof HubError) return noResult;
    throw error;
  }
}
