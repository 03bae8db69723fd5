import type { Job } from "../../../shared/contracts/jobs";
import type { Context } from "../../platform/context";
import { HubError } from "../../platform/errors";
import { findJob, findManageable, noJob } from "./find";
import { wakeJobs } from "./wake";

/**
 * Runs a job that did not succeed once more, as the same job and for nothing. Throws `not_found`, `forbidden` for
 * somebody else's, `conflict` for one that goes on, has succeeded, was retried too often, or whose arguments are not
 * kept any more.
 */
export async function retryJob(ctx: Context, id: string): Promise<Job> {
  await findManageable(ctx, id);
  const retried = await ctx.env.TEAM_LEDGER.getByName(ctx.teamId).retryJob(id);
  if (retried.kind === "unknown") throw noJob(id);
  if (retried.kind !== "queued") throw new HubError("conflict", refusals[retried.kind]);
  await wakeJobs(ctx, [id]);
  return (await findJob(ctx, id)).job;
}

const refusals = {
  not_over: "This job has not ended yet. Cancel it first, or wait for its end.",
  succeeded:
    "This job has succeeded: there is nothing to retry. Make a new job to run its tool again.",
  too_often:
    "This job was retried as often as one can be: its retries cost nothing. Make a new job to run its tool again.",
  not_kept: "The arguments of this job are not kept any more. Make a new job.",
};
