import type { Job } from "../../../shared/contracts/jobs";
import type { Context } from "../../platform/context";
import { HubError } from "../../platform/errors";
import { findJob, findManageable, noJob } from "./find";
import { runnerOf } from "./runner.object";

/**
 * Ends a job: one that waits at once, one that runs as soon as its server was told to stop. Asking twice is as good as
 * once. Throws `not_found`, `forbidden` for somebody else's, `conflict` for one that has ended.
 */
export async function cancelJob(ctx: Context, id: string): Promise<Job> {
  await findManageable(ctx, id);
  const by = ctx.actor.personId ?? ctx.actor.id;
  const cancelled = await ctx.env.TEAM_LEDGER.getByName(ctx.teamId).cancelJob(id, by);
  switch (cancelled.kind) {
    case "unknown":
      throw noJob(id);
    case "over":
      throw new HubError(
        "conflict",
        `This job has ended as ${cancelled.status}: there is nothing left to cancel.`,
      );
    case "stopping":
      await runnerOf(ctx, cancelled.lane).cancel(id);
      break;
    case "cancelled":
      break;
  }
  return (await findJob(ctx, id)).job;
}
