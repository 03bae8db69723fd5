import { addressOf } from "../platform/address";
import type { Actor, Context } from "../platform/context";
import { asContext, type Asking } from "./authenticate";
import { requireAllowedAddress } from "./keys/addresses";
import { readActor } from "./principals/of-actor";

/**
 * The context of somebody who began something earlier and shows no credential now: whose browser comes back from a
 * vendor. Whoever calls this has made sure that it is them. All of it is read anew. Throws `unauthorized`, `forbidden`.
 */
export async function actAs(
  asking: Asking,
  who: { teamId: string; actor: Actor },
): Promise<Context> {
  const { env, request, now } = asking;
  // The epoch is read before the registry: what is read after it is at least as new.
  const epoch = await env.TEAM_GATE.getByName(who.teamId).epoch();
  const principal = await readActor(env, { ...who, now });
  const address = addressOf(env, request);
  requireAllowedAddress(principal.allowedAddresses, address);
  return asContext(asking, { ...principal, epoch }, { address, renew: () => actAs(asking, who) });
}
