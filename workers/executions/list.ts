import type { ExecutionSummary } from "../../shared/contracts/charts";
import type {
  Execution,
  ExecutionDetail,
  ExecutionEvent,
  ExecutionQuery,
} from "../../shared/contracts/executions";
import type { Page, PageQuery } from "../../shared/contracts/pages";
import { requirePermission, type Context } from "../platform/context";
import { connectionIdOf, idsWithin, pageOfEvents } from "./asked";
import { findExecution } from "./find";

const ledgerOf = (ctx: Context) => ctx.env.TEAM_LEDGER.getByName(ctx.teamId);

export async function listExecutions(
  ctx: Context,
  query: ExecutionQuery,
): Promise<Page<Execution>> {
  requirePermission(ctx, "executions.read");
  return ledgerOf(ctx).list({
    limit: query.limit,
    cursor: query.cursor,
    statuses: query.status && [...new Set(query.status)],
    toolId: query.tool,
    connectionId: await connectionIdOf(ctx, query.connection),
    surface: query.surface,
    actorId: query.actor,
    jobId: query.job,
    query: query.query,
    hidden: [...ctx.hidden],
    ...idsWithin(query, { prefix: "exe" }),
  });
}

export async function summarizeExecutions(ctx: Context, hours: number): Promise<ExecutionSummary> {
  requirePermission(ctx, "executions.read");
  return ledgerOf(ctx).summarize(ctx.now - hours * 3_600_000, [...ctx.hidden]);
}

export async function getExecution(ctx: Context, id: string): Promise<ExecutionDetail> {
  requirePermission(ctx, "executions.read");
  return findExecution(ctx, id);
}

export async function listEvents(
  ctx: Context,
  id: string,
  query: PageQuery,
): Promise<Page<ExecutionEvent>> {
  await getExecution(ctx, id);
  return pageOfEvents({ list: `evt~${id}`, query }, (page) => ledgerOf(ctx).events(id, page));
}
