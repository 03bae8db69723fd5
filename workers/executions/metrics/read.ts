import { eq } from "drizzle-orm";
import { connections } from "../../connections/tables";
import { requirePermission, type Context } from "../../platform/context";
import { familiesOf } from "./families";
import { formatMetrics } from "./format";

/** What Prometheus asks for: the team's counts as text. Of hidden connections it says nothing. */
export async function readMetrics(ctx: Context): Promise<string> {
  requirePermission(ctx, "executions.read");
  const { env, db, teamId, hidden } = ctx;
  const gate = env.TEAM_GATE.getByName(teamId);
  const [ledger, counted, breakers, rows] = await Promise.all([
    env.TEAM_LEDGER.getByName(teamId).metrics([...hidden]),
    gate.metrics(),
    gate.breakers(),
    db
      .select({ id: connections.id, slug: connections.slug })
      .from(connections)
      .where(eq(connections.teamId, teamId)),
  ]);
  const seen = rows.filter(({ id }) => !hidden.has(id)).map(({ id, slug }) => [id, slug] as const);
  return formatMetrics(familiesOf({ ...ledger, ...counted, breakers }, new Map(seen)));
}
