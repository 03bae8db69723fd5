import { and, eq, gt } from "drizzle-orm";
import type { Context } from "../../platform/context";
import { HubError } from "../../platform/errors";
import type { FlowFault } from "../../../shared/contracts/connect-flows";
import { connectFlows, type ConnectFlowRow } from "../tables";

/** How long what follows a claim may take before the flow reads as broken off. */
const workMs = 2 * 60_000;

type Named = Pick<ConnectFlowRow, "id" | "teamId">;

/** A sign-in the caller began. Throws `not_found`: for everybody else it does not exist. */
export async function readFlow(ctx: Context, id: string): Promise<ConnectFlowRow> {
  const row = await ctx.db
    .select()
    .from(connectFlows)
    .where(and(eq(connectFlows.teamId, ctx.teamId), eq(connectFlows.id, id)))
    .get();
  if (!row || row.actor.kind !== ctx.actor.kind || row.actor.id !== ctx.actor.id)
    throw new HubError(
      "not_found",
      `There is no sign-in ${JSON.stringify(id.slice(0, 100))}, or somebody else began it. Start again.`,
    );
  return row;
}

/** The row, for a change of it: of no other team. */
export const sameFlow = ({ id, teamId }: Named) =>
  and(eq(connectFlows.id, id), eq(connectFlows.teamId, teamId));

/** Takes the flow to finish it. Of several at once one gets it; undefined for the others, and for one that is over. */
export async function claimFlow(
  ctx: Pick<Context, "db" | "now">,
  flow: Named,
  from: "waiting" | "choosing",
): Promise<ConnectFlowRow | undefined> {
  const [claimed] = await ctx.db
    .update(connectFlows)
    .set({ status: "working", expiresAt: ctx.now + workMs })
    .where(and(sameFlow(flow), eq(connectFlows.status, from), gt(connectFlows.expiresAt, ctx.now)))
    .returning();
  return claimed;
}

/** Ends a flow with its fault and wipes what it holds; false for one that is elsewhere by now. */
export async function endFlow(
  { db }: Pick<Context, "db">,
  flow: Named,
  { from, fault }: { from: ConnectFlowRow["status"]; fault: FlowFault },
): Promise<boolean> {
  const ended = await db
    .update(connectFlows)
    .set({ status: "failed", fault, sealed: "", choices: null, device: null })
    .where(and(sameFlow(flow), eq(connectFlows.status, from)))
    .returning({ id: connectFlows.id });
  return ended.length > 0;
}
