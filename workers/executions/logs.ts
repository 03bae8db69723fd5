import type { ExecutionEvent, ExecutionLog } from "../../shared/contracts/executions";
import type { Page, PageQuery } from "../../shared/contracts/pages";
import { requirePermission, type Context } from "../platform/context";
import { findExecution } from "./find";
import { pageOfEvents } from "./asked";

/** What the server logged while a call ran, oldest first. */
export async function listLogs(
  ctx: Context,
  id: string,
  query: PageQuery,
): Promise<Page<ExecutionLog>> {
  requirePermission(ctx, "executions.read");
  await findExecution(ctx, id);
  const ledger = ctx.env.TEAM_LEDGER.getByName(ctx.teamId);
  // Events hold anything, which RPC cannot type.
  const { items, nextCursor } = await pageOfEvents<ExecutionEvent>(
    { list: `log~${id}`, query },
    (page) => ledger.events(id, { ...page, type: "log" }),
  );
  return { items: items.map(toLog), nextCursor };
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
