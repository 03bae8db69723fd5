import { HubError } from "../platform/errors";
import { Lru } from "../platform/lru";
import { masterKey, newestMasterId, newestMasterKey, type NamedKey } from "./master-keys";
import { newRing, readRing, type Ring, writeRing } from "./ring";
import { importKey, keyIdOf, open, seal } from "./sealing";

const place = (teamId: string) => ({ teamId, credentialId: "team-data-key", version: 1 });
export const ringName = (teamId: string) => `t/${teamId}/data-key`;

/** The team's data keys as an isolate holds them: unwrapped, in `crypto.subtle`. */
type Known = {
  newest: string;
  keys: Map<string, CryptoKey>;
  readAt: number;
};
const rings = new Lru<Known>(200);
/** An isolate that knows a key goes on for so long after the key was destroyed elsewhere, and as long as KV is stale. */
const knownForMs = 5 * 60_000;
/** A record can name any key, also one that never was: so often at most is the ring read again for one. */
const againAfterMs = 2000;

/** Made once, when the team is made. Destroying it destroys every secret of the team. */
export async function createTeamKey(env: Env, teamId: string): Promise<void> {
  await storeRing(env, teamId, newRing(newestMasterId(env), Date.now()));
}

/** Wraps the ring with the newest master key. */
export async function storeRing(env: Env, teamId: string, ring: Ring): Promise<void> {
  const master = await newestMasterKey(env);
  await env.TOKENS.put(ringName(teamId), await seal(master, place(teamId), writeRing(ring)));
  rings.delete(teamId);
}

/** Throws `unavailable` where it is not there, or the master key it is wrapped with is lost. */
export async function loadRing(env: Env, teamId: string): Promise<Ring & { masterId: string }> {
  const wrapped = await env.TOKENS.get(ringName(teamId));
  if (wrapped !== null) return unwrapRing(env, teamId, wrapped);
  throw new HubError(
    "unavailable",
    "The team's data key is not there. If the team was made a moment ago, try again.",
  );
}

export async function unwrapRing(
  env: Env,
  teamId: string,
  wrapped: string,
): Promise<Ring & { masterId: string }> {
  const { id, key } = await masterKey(env, keyIdOf(wrapped));
  return { ...readRing(await open(key, place(teamId), wrapped), id), masterId: id };
}

/** What this isolate remembers of the team from here on, without what it remembered before. */
export async function adoptRing(teamId: string, ring: Ring, readAt = Date.now()): Promise<void> {
  rings.set(teamId, { ...(await known(ring)), readAt });
}

export function forgetRing(teamId: string): void {
  rings.delete(teamId);
}

async function known(ring: Ring): Promise<Known> {
  const keys = new Map<string, CryptoKey>();
  for (const [id, { bytes }] of Object.entries(ring.keys)) keys.set(id, await importKey(bytes));
  return { newest: ring.newest, keys, readAt: Date.now() };
}

async function ringOf(env: Env, teamId: string, oldestMs = knownForMs): Promise<Known> {
  const remembered = rings.get(teamId);
  if (remembered && Date.now() - remembered.readAt < oldestMs) return remembered;
  if (oldestMs === knownForMs) rings.delete(teamId);
  const entry = await known(await loadRing(env, teamId));
  rings.set(teamId, entry);
  return entry;
}

/** The data key that new records are sealed with; it never leaves `crypto.subtle`. */
export async function teamKey(env: Env, teamId: string): Promise<NamedKey> {
  const { newest, keys } = await ringOf(env, teamId);
  const key = keys.get(newest);
  if (!key) throw lostDataKey(newest);
  return { id: newest, key };
}

/** The data key of this id. A key that came up elsewhere a moment ago is looked for again; null where there is none. */
export async function findDataKey(
  env: Env,
  teamId: string,
  keyId: string,
): Promise<CryptoKey | null> {
  const key = (await ringOf(env, teamId)).keys.get(keyId);
  return key ?? (await ringOf(env, teamId, againAfterMs)).keys.get(keyId) ?? null;
}

export function lostDataKey(keyId: string): HubError {
  return new HubError(
    "unavailable",
    `A sealed record names the data key ${keyId}, which the team's key ring does not hold. Enter the credential again.`,
  );
}

/**
 * Destroys the team's data keys, and then what was sealed with them: from the first step on nothing opens that any
 * store still holds.
 */
export async function destroyTeamKey(env: Env, teamId: string): Promise<void> {
  await env.TOKENS.delete(ringName(teamId));
  rings.delete(teamId);
  for (let cursor: string | undefined; ;) {
    const page = await env.TOKENS.list({ prefix: `t/${teamId}/`, ...(cursor ? { cursor } : {}) });
    for (const { name } of page.keys) await env.TOKENS.delete(name);
    if (page.list_complete) return;
    cursor = page.cursor;
  }
}
