import type {
  Execution,
  ExecutionDetail,
  ExecutionEvent,
  ExecutionQuery,
  ExecutionSummary,
} from "../../shared/contracts/executions";
import type { Page, PageQuery } from "../../shared/contracts/pages";
import { lowestIdAt } from "../../shared/ids";
import { findConnection } from "../connections";
import { requirePermission, type Context } from "../platform/context";
import { HubError } from "../platform/errors";

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
    query: query.query,
    hidden: [...ctx.hidden],
    from: lowestIdOf(query, "since"),
    before: lowestIdOf(query, "until"),
  });
}

export async function summarizeExecutions(ctx: Context, hours: number): Promise<ExecutionSummary> {
  requirePermission(ctx, "executions.read");
  return ledgerOf(ctx).summarize(ctx.now - hours * 3_600_000, [...ctx.hidden]);
}

/** An id is taken as it is: the executions of a deleted connection stay listed. */
async function connectionIdOf(
  ctx: Context,
  idOrSlug: string | undefined,
): Promise<string | undefined> {
  if (idOrSlug === undefined || idOrSlug.startsWith("con_")) return idOrSlug;
  return (await findConnection(ctx, idOrSlug)).id;
}

function lowestIdOf(query: ExecutionQuery, field: "since" | "until"): string | undefined {
  const text = query[field];
  if (text === undefined) return undefined;
  const time = /^\d+$/.test(text) ? Number(text) : Date.parse(text);
  if (!Number.isFinite(time))
    throw new HubError(
      "invalid_input",
      `query.${field}: is neither milliseconds since 1970 nor an ISO 8601 date`,
      { details: { field: `query.${field}` } },
    );
  return lowestIdAt("exe", time);
}

export async function getExecution(ctx: Context, id: string): Promise<ExecutionDetail> {
  requirePermission(ctx, "executions.read");
  const json = await ledgerOf(ctx).get(id);
  const execution = json === null ? undefined : (JSON.parse(json) as ExecutionDetail);
  if (!execution || ctx.hidden.has(execution.connectionId))
    throw new HubError(
      "not_found",
      `There is no execution ${JSON.stringify(id.slice(0, 100))}. One that has just begun is listed within a second.`,
    );
  return execution;
}

export async function listEvents(
  ctx: Context,
  id: string,
  query: PageQuery,
): Promise<Page<ExecutionEvent>> {
  await getExecution(ctx, id);
  const cursor = query.cursor === undefined ? 0 : Number(query.cursor);
  if (!Number.isInteger(cursor) || cursor < 0)
    throw new HubError("invalid_input", "query.cursor: is not the nextCursor of an earlier page", {
      details: { field: "query.cursor" },
    });
  return ledgerOf(ctx).events(id, { limit: query.limit, cursor });
}
