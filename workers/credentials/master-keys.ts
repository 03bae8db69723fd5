import * as z from "zod";
import { fromBase64Url, utf8 } from "../platform/encoding";
import { HubError } from "../platform/errors";
import { Lru } from "../platform/lru";
import { importKey } from "./sealing";

export type NamedKey = { id: string; key: CryptoKey };

const fewestIterations = 600_000;
const mostIterations = 10_000_000;

// An id begins with a letter: JavaScript moves keys that look like numbers to an object's front, and the order matters.
const Id = z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,31}$/);
const Bytes = z.string().transform((value) => fromBase64Url(value));
const Raw = Bytes.refine((bytes) => bytes.length === 32);
const Stretched = z.strictObject({
  passphrase: z.string().min(16).max(1000),
  salt: Bytes.refine((bytes) => bytes.length >= 16),
  iterations: z.number().int().min(fewestIterations).max(mostIterations),
});
const MasterKeys = z
  .record(Id, z.union([Raw, Stretched]))
  .refine((keys) => Object.keys(keys).length > 0);
type MasterKey = z.infer<typeof Raw> | z.infer<typeof Stretched>;

/** Master keys by id; the last one named seals, all of them open. Throws `unavailable`, without a word of their values. */
function namedIn(env: Env): [string, MasterKey][] {
  try {
    return Object.entries(MasterKeys.parse(JSON.parse(env.PLUGBOARD_MASTER_KEYS)));
  } catch {
    throw new HubError(
      "unavailable",
      `The hub has no usable master key. Set the secret PLUGBOARD_MASTER_KEYS to {"<key id>":"<32 bytes in base64>"}, with an id that begins with a letter; or, in place of the bytes, {"passphrase":"<16 characters or more>","salt":"<16 bytes or more in base64>","iterations":${fewestIterations}}, with no fewer iterations.`,
    );
  }
}

// Stretching takes a good part of a second: once an isolate, and never for a key that is only named.
const imported = new Lru<CryptoKey>(16);

async function toKey(env: Env, id: string, value: MasterKey): Promise<CryptoKey> {
  const place = `${id} ${env.PLUGBOARD_MASTER_KEYS}`;
  const known = imported.get(place);
  if (known) return known;
  const bytes = value instanceof Uint8Array ? value : await stretched(value);
  const key = await importKey(bytes);
  imported.set(place, key);
  return key;
}

/** The id of the last one named. */
export function newestMasterId(env: Env): string {
  return namedIn(env).at(-1)?.[0] ?? "";
}

/** The last one named: it wraps. */
export function newestMasterKey(env: Env): Promise<NamedKey> {
  return masterKey(env, newestMasterId(env));
}

/** The master key of this id. Throws `unavailable` naming it where it is not there. */
export async function masterKey(env: Env, id: string): Promise<NamedKey> {
  const [, value] = namedIn(env).find(([name]) => name === id) ?? [];
  if (value === undefined)
    throw new HubError(
      "unavailable",
      `The team's data key is wrapped with master key ${id}, which PLUGBOARD_MASTER_KEYS does not hold. Put it back.`,
    );
  return { id, key: await toKey(env, id, value) };
}

const mostAtOnce = 100_000;

/**
 * PBKDF2 with SHA-256. Cloudflare refuses more than 100,000 iterations in one derivation, so that more of them are a
 * chain: each derivation takes what the one before it gave as its password, with the same salt.
 */
async function stretched({ passphrase, salt, iterations }: z.infer<typeof Stretched>) {
  let secret = utf8(passphrase);
  for (let left = iterations; left > 0; left -= mostAtOnce) {
    const base = await crypto.subtle.importKey("raw", secret, "PBKDF2", false, ["deriveBits"]);
    const spent = Math.min(left, mostAtOnce);
    const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: spent };
    secret = new Uint8Array(await crypto.subtle.deriveBits(how, base, 256));
  }
  return secret;
}
