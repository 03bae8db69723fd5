import type { Job } from "../../../shared/contracts/jobs";
import type { JobRead } from "../../ledger";
import { may, requirePermission, type Context } from "../../platform/context";
import { HubError } from "../../platform/errors";
import { isOwn } from "../find";

/**
 * A job the caller may see: their own with `tools.call`, those of others with `executions.read` or `executions.manage`.
 * Throws `not_found`, `forbidden`.
 */
export async function findJob(ctx: Context, id: string): Promise<JobRead> {
  if (!may(ctx, "tools.call") && !seesAll(ctx)) requirePermission(ctx, "executions.read");
  const read = await ctx.env.TEAM_LEDGER.getByName(ctx.teamId).getJob(id);
  if (!read || ctx.hidden.has(read.job.connectionId) || !isSeen(ctx, read.job)) throw noJob(id);
  return read;
}

/** Whether the caller may see the jobs of others. */
export const seesAll = (ctx: Context): boolean =>
  may(ctx, "executions.read") || may(ctx, "executions.manage");

const isSeen = (ctx: Context, { actor }: Job): boolean =>
  seesAll(ctx) || (may(ctx, "tools.call") && isOwn(ctx, actor));

/** The same, where the caller may decide over it. Throws `not_found`, `forbidden`. */
export async function findManageable(ctx: Context, id: string): Promise<Job> {
  if (!may(ctx, "executions.manage")) requirePermission(ctx, "tools.call");
  const { job } = await findJob(ctx, id);
  if (!isOwn(ctx, job.actor)) requirePermission(ctx, "executions.manage");
  return job;
}

export function noJob(id: string): HubError {
  return new HubError(
    "not_found",
    `There is no job ${JSON.stringify(id.slice(0, 100))}. List the jobs to see what there is.`,
  );
}
