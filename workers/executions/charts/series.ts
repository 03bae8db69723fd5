import type { ExecutionSeries, ExecutionSeriesQuery } from "../../../shared/contracts/charts";
import { unitFor } from "../../ledger";
import { requirePermission, type Context } from "../../platform/context";
import { HubError } from "../../platform/errors";
import { connectionIdOf } from "../asked";
import { refused, spanOf } from "./range";

/** How the team's executions went over time, by the minute, hour or day they began in. Only those that have ended. */
export async function seriesOfExecutions(
  ctx: Context,
  query: ExecutionSeriesQuery,
): Promise<ExecutionSeries> {
  requirePermission(ctx, "executions.read");
  const span = spanOf(ctx, query);
  const unit = unitFor(span, query.unit);
  if (typeof unit !== "string") throw refused(unit);
  if (query.tool !== undefined && query.actor !== undefined)
    throw new HubError(
      "invalid_input",
      "query.actor: a series is of a tool or of an actor. Leave out one of them.",
      { details: { field: "query.actor" } },
    );
  const { since, until } = span;
  return ctx.env.TEAM_LEDGER.getByName(ctx.teamId).series({
    unit,
    since,
    until,
    toolId: query.tool,
    connectionId: await connectionIdOf(ctx, query.connection),
    actorId: query.actor,
    hidden: [...ctx.hidden],
  });
}
