import { addressOf } from "../platform/address";
import type { Permission } from "../../shared/roles";
import type { Actor, Context } from "../platform/context";
import { asContext, registryAt, type Asking } from "./authenticate";
import { requireAllowedAddress } from "./keys/addresses";
import { narrow } from "./principals/member";
import { readAbsent } from "./principals/absent";
import { readActor } from "./principals/of-actor";
import type { Principal } from "./principals/principal";

/**
 * The context of somebody who began something earlier and shows no credential now: whose browser comes back from a
 * vendor, or who has a ticket. Whoever calls this has made sure that it is them. All of it is read anew. Throws
 * `unauthorized`, `forbidden`.
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

export type Absent = {
  teamId: string;
  /** Who asked for it, as it is recorded. */
  actor: { kind: Actor["kind"]; id: string; personId: string | null };
  /** When a second factor stood behind them then. */
  secondFactorAt: number | null;
  /** What of what they may do now is needed: no more is given. */
  scopes: readonly Permission[];
  requestId: string;
  waitUntil: Context["waitUntil"];
};

/**
 * The context of somebody who asked for work that goes on without them, as they are now: their key must be in force, or
 * they a member of the team; a session may have ended, and where they are now does not count. Throws `unauthorized`,
 * `forbidden`.
 */
export async function actFor(env: Env, absent: Absent): Promise<Context> {
  const { teamId, scopes, requestId, waitUntil } = absent;
  const now = Date.now();
  const epoch = await env.TEAM_GATE.getByName(teamId).epoch();
  const principal = await rememberedAbsent(env, { ...absent, now }, epoch);
  const known = { ...principal, permissions: narrow(principal.permissions, scopes), epoch };
  return asContext({ env, requestId, now, waitUntil }, known, {
    address: "unknown",
    renew: () => actFor(env, absent),
  });
}

/** Whoever has many jobs is read once an epoch: what changes for them is another epoch. */
async function rememberedAbsent(
  env: Env,
  who: Parameters<typeof readAbsent>[1],
  epoch: number,
): Promise<Principal> {
  const { teamId, actor, secondFactorAt, now } = who;
  const cache = registryAt(teamId, epoch);
  const place = `absent/${actor.kind}/${actor.id}/${secondFactorAt ?? ""}`;
  const known = cache.get(place) as Principal | undefined;
  if (known && (known.expiresAt === null || now < known.expiresAt)) return known;
  const principal = await readAbsent(env, who);
  cache.set(place, principal);
  return principal;
}
