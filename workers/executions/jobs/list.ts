import type { Job, JobQuery } from "../../../shared/contracts/jobs";
import type { Page } from "../../../shared/contracts/pages";
import { may, requirePermission, type Context } from "../../platform/context";
import type { JobFilter } from "../../ledger";
import { connectionIdOf, idsWithin, type Within } from "../asked";
import { seesAll } from "./find";

/** The jobs the caller may see, newest first: their own, or everybody's where they may see those. */
export async function listJobs(ctx: Context, query: JobQuery): Promise<Page<Job>> {
  const { limit, cursor, ...filter } = query;
  const kept = await keptBy(ctx, { filter, within: "query" });
  return ctx.env.TEAM_LEDGER.getByName(ctx.teamId).listJobs({ ...kept, limit, cursor });
}

type Asked = { filter: Omit<JobQuery, "limit" | "cursor">; within: Within };

/** What of the team's jobs a filter keeps for whoever asks. Throws `forbidden`, `not_found`, `invalid_input`. */
export async function keptBy(
  ctx: Context,
  { filter, within }: Asked,
): Promise<Omit<JobFilter, "limit">> {
  const all = seesAll(ctx);
  if (!all && !may(ctx, "tools.call")) requirePermission(ctx, "executions.read");
  const { id, personId } = ctx.actor;
  return {
    statuses: filter.status && [...new Set(filter.status)],
    toolId: filter.tool,
    connectionId: await connectionIdOf(ctx, filter.connection),
    actorId: filter.actor,
    own: all ? undefined : [id, ...(personId === null ? [] : [personId])],
    hidden: [...ctx.hidden],
    ...idsWithin(filter, { prefix: "job", within }),
  };
}
