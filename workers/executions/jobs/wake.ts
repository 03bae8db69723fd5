import type { Context } from "../../platform/context";
import { describeError, log } from "../../platform/log";

/** Wakes the runners of these jobs. Where that fails the ledger does it, a little later. */
export async function wakeJobs(
  { env, teamId }: Pick<Context, "env" | "teamId">,
  jobIds: readonly string[],
): Promise<void> {
  try {
    await env.JOBS.sendBatch(jobIds.map((jobId) => ({ body: { teamId, jobId } })));
  } catch (error) {
    log("warn", "job.not_queued", { teamId, jobs: jobIds.length, error: describeError(error) });
  }
}
