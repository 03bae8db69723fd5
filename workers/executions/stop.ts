import { may, requirePermission, type Context } from "../platform/context";
import { HubError } from "../platform/errors";
import { findReadable, findExecution, isOwn } from "./find";
import { cancelJob } from "./jobs/cancel";

/**
 * Ends a call under way: whoever runs it hears of it within a second or two and leaves its server alone. Of a job's
 * attempt the job is cancelled. Throws `not_found`, `forbidden` for the call of somebody else, `conflict` for one that
 * has ended.
 */
export async function stopExecution(ctx: Context, id: string): Promise<void> {
  const manages = may(ctx, "executions.manage");
  if (!manages) requirePermission(ctx, "tools.call");
  const execution = await (manages ? findExecution(ctx, id) : findReadable(ctx, id));
  if (!isOwn(ctx, execution.actor)) requirePermission(ctx, "executions.manage");
  if (execution.status !== "running") throw ended(execution.status);
  const { jobId } = execution.context;
  if (jobId !== undefined) return void (await cancelJob(ctx, jobId));
  const gate = ctx.env.TEAM_GATE.getByName(ctx.teamId);
  if (!(await gate.stop(id, ctx.actor.personId ?? ctx.actor.id))) throw ended("ended");
}

function ended(status: string): HubError {
  return new HubError(
    "conflict",
    `This execution has ${status === "ended" ? "" : "ended as "}${status}: there is nothing left to stop.`,
  );
}
