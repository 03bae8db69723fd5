import * as z from "zod";
import { fromBase64Url } from "../platform/encoding";
import { HubError } from "../platform/errors";
import { Lru } from "../platform/lru";
import { keyIdOf, open, seal } from "./sealing";

// An id begins with a letter: JavaScript moves keys that look like numbers to an object's front, and the order matters.
const MasterKeys = z.record(z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,31}$/), z.string());

/** Master keys by id; the last one named seals, all of them open. */
async function masterKeys(env: Env): Promise<Map<string, CryptoKey>> {
  const keys = new Map<string, CryptoKey>();
  try {
    const named = MasterKeys.parse(JSON.parse(env.PLUGBOARD_MASTER_KEYS));
    for (const [id, value] of Object.entries(named)) {
      const bytes = fromBase64Url(value);
      if (bytes.length !== 32)
        throw new Error(`master key ${id} has ${bytes.length} bytes, not 32`);
      keys.set(id, await importKey(bytes));
    }
    if (keys.size === 0) throw new Error("no master key");
  } catch {
    throw new HubError(
      "unavailable",
      'The hub has no usable master key. Set the secret PLUGBOARD_MASTER_KEYS to {"<key id>":"<32 bytes in base64>"}, with an id that begins with a letter.',
    );
  }
  return keys;
}

function importKey(bytes: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
}

const place = (teamId: string) => ({ teamId, credentialId: "team-data-key", version: 1 });
const wrappedKeyName = (teamId: string) => `t/${teamId}/data-key`;

/** Made once, when the team is made. Destroying it destroys every secret of the team. */
export async function createTeamKey(env: Env, teamId: string): Promise<void> {
  const masters = await masterKeys(env);
  const [id, key] = [...masters].at(-1) ?? [];
  if (id === undefined || key === undefined) return;
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  await env.TOKENS.put(wrappedKeyName(teamId), await seal({ id, key }, place(teamId), bytes));
}

const teamKeys = new Lru<{ id: string; key: CryptoKey; until: number }>(200);
/** An isolate that knows a key goes on for so long after the key was destroyed elsewhere, and as long as KV is stale. */
const knownForMs = 5 * 60_000;

/** The team's data key, unwrapped; it never leaves `crypto.subtle`. */
export async function teamKey(env: Env, teamId: string): Promise<{ id: string; key: CryptoKey }> {
  const known = teamKeys.get(teamId);
  if (known && Date.now() < known.until) return known;
  teamKeys.delete(teamId);
  const wrapped = await env.TOKENS.get(wrappedKeyName(teamId));
  if (wrapped === null)
    throw new HubError(
      "unavailable",
      "The team's data key is not there. If the team was made a moment ago, try again.",
    );
  const masterId = keyIdOf(wrapped);
  const master = (await masterKeys(env)).get(masterId);
  if (!master)
    throw new HubError(
      "unavailable",
      `The team's data key is wrapped with master key ${masterId}, which PLUGBOARD_MASTER_KEYS does not hold. Put it back.`,
    );
  const bytes = await open(master, place(teamId), wrapped);
  const key = await importKey(new Uint8Array(bytes));
  const entry = { id: "d1", key, until: Date.now() + knownForMs };
  teamKeys.set(teamId, entry);
  return entry;
}

/**
 * Destroys the team's data key, and then what was sealed with it: from the first step on nothing opens that any store
 * still holds.
 */
export async function destroyTeamKey(env: Env, teamId: string): Promise<void> {
  await env.TOKENS.delete(wrappedKeyName(teamId));
  teamKeys.delete(teamId);
  for (let cursor: string | undefined; ;) {
    const page = await env.TOKENS.list({ prefix: `t/${teamId}/`, ...(cursor ? { cursor } : {}) });
    for (const { name } of page.keys) await env.TOKENS.delete(name);
    if (page.list_complete) return;
    cursor = page.cursor;
  }
}
