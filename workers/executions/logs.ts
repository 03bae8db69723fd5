import type { ExecutionEvent, ExecutionLog } from "../../shared/contracts/executions";
import type { Page, PageQuery } from "../../shared/contracts/pages";
import { requirePermission, type Context } from "../platform/context";
import { findExecution } from "./find";
import { eventCursor } from "./asked";

/** What the server logged while a call ran, oldest first. */
export async function listLogs(
  ctx: Context,
  id: string,
  query: PageQuery,
): Promise<Page<ExecutionLog>> {
  requirePermission(ctx, "executions.read");
  await findExecution(ctx, id);
  const page = await logged(ctx, id, query);
  return { items: page.items.map(toLog), nextCursor: page.nextCursor };
}

/** Events hold anything, which RPC cannot type. */
async function logged(ctx: Context, id: string, query: PageQuery): Promise<Page<ExecutionEvent>> {
  const ledger = ctx.env.TEAM_LEDGER.getByName(ctx.teamId);
  return ledger.events(id, { limit: query.limit, cursor: eventCursor(query), type: "log" });
}

/** A server may log in no right form; a long line was cut when it was noted. */
function toLog({ seq, at, data: said }: ExecutionEvent): ExecutionLog {
  const { level, logger, data } = said;
  return {
    seq,
    at,
    level: typeof level === "string" ? level : "info",
    logger: typeof logger === "string" ? logger : null,
    data: said["truncated"] === true ? said : (data ?? null),
  };
}
