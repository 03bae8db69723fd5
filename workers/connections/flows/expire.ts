import { and, eq, inArray, lt } from "drizzle-orm";
import { registryOf } from "../../platform/registry";
import { connectFlows } from "../tables";
import { flowFault } from "./faults";
import { giveBack } from "./give-back";
import { endFlow } from "./row";

/** How long a sign-in that is over is still told of. */
const toldMs = 60 * 60_000;
const atOnce = 100;

/**
 * Deletes sign-ins that are long over, and gives back tokens nobody chose an account for. Answers with how many went.
 */
export async function clearFlows(env: Env, now: number): Promise<number> {
  const db = registryOf(env);
  const left = await db
    .select()
    .from(connectFlows)
    .where(and(eq(connectFlows.status, "choosing"), lt(connectFlows.expiresAt, now)))
    .limit(atOnce);
  for (const flow of left) {
    const ended = await endFlow({ db }, flow, { from: "choosing", fault: flowFault("expired") });
    if (ended) await giveBack({ env, teamId: flow.teamId }, flow);
  }
  const old = db
    .select({ id: connectFlows.id })
    .from(connectFlows)
    .where(lt(connectFlows.expiresAt, now - toldMs))
    .limit(atOnce * 10);
  const gone = await db
    .delete(connectFlows)
    .where(inArray(connectFlows.id, old))
    .returning({ id: connectFlows.id });
  return gone.length;
}
