import { desc } from "drizzle-orm";
import type { JWK } from "jose";
import { newId } from "../../../../shared/ids";
import { fromBase64Url, toBase64Url, utf8 } from "../../../platform/encoding";
import { registryOf } from "../../../platform/registry";
import { authSecret } from "../../../platform/settings";
import { jwks } from "../../tables";

const day = 24 * 60 * 60_000;
const rotateMs = 30 * day;
/** Longer than any token lives, and than clocks differ. */
const keepMs = 2 * 60 * 60_000;
const knownMs = 60_000;

export const algorithm = "EdDSA";
export type SigningKey = { id: string; privateJwk: JWK };
type Row = typeof jwks.$inferSelect;

let known: { db: Env["DB"]; rows: Row[]; readAt: number } | undefined;

/** The keys, newest first, as this isolate knows them; read anew after a minute, or for a key it has not seen. */
async function keyRows(env: Env, id?: string): Promise<Row[]> {
  const now = Date.now();
  const fresh = known?.db === env.DB && now - known.readAt < knownMs;
  if (known && fresh && (id === undefined || known.rows.some((row) => row.id === id)))
    return known.rows;
  const rows = await registryOf(env).select().from(jwks).orderBy(desc(jwks.createdAt));
  known = { db: env.DB, rows, readAt: now };
  return rows;
}

/** A key still opens tokens it signed before the next one took its place. */
const isGood = (row: Row, now: number): boolean =>
  row.expiresAt === null || now < row.expiresAt.getTime() + keepMs;

/** The public half of a key, by its id; undefined for one that is not known or not good any more. */
export async function publicKey(env: Env, id: string): Promise<JWK | undefined> {
  if (!/^jwk_[0-9a-z]{26}$/.test(id)) return undefined;
  const row = (await keyRows(env, id)).find((key) => key.id === id);
  return row && isGood(row, Date.now()) ? (JSON.parse(row.publicKey) as JWK) : undefined;
}

export async function publicKeys(env: Env): Promise<Record<string, unknown>[]> {
  const now = Date.now();
  return (await keyRows(env))
    .filter((row) => isGood(row, now))
    .map((row) => ({ ...JSON.parse(row.publicKey), kid: row.id, alg: algorithm, use: "sig" }));
}

/** The key to sign with. One that has signed for thirty days gives way to a new one. */
export async function signingKey(env: Env): Promise<SigningKey> {
  const now = Date.now();
  const newest = (await keyRows(env)).find(
    ({ expiresAt }) => expiresAt !== null && now < expiresAt.getTime(),
  );
  const row = newest ?? (await makeKey(env, now));
  return { id: row.id, privateJwk: await open(env, row.privateKey) };
}

async function makeKey(env: Env, now: number): Promise<Row> {
  const pair = await crypto.subtle.generateKey("Ed25519", true, ["sign", "verify"]);
  if (!("privateKey" in pair)) throw new Error("No key pair was made.");
  const [publicJwk, privateJwk] = await Promise.all(
    [pair.publicKey, pair.privateKey].map((key) => crypto.subtle.exportKey("jwk", key)),
  );
  const { kty, crv, x } = publicJwk as JWK;
  const row = {
    id: newId("jwk", now),
    publicKey: JSON.stringify({ kty, crv, x }),
    privateKey: await seal(env, privateJwk as JWK),
    alg: algorithm,
    crv: "Ed25519",
    createdAt: new Date(now),
    expiresAt: new Date(now + rotateMs),
  };
  await registryOf(env).insert(jwks).values(row);
  known = undefined;
  return row;
}

/** A key of its own for the private halves, so that the secret is used for one thing at a time. */
async function sealingKey(env: Env): Promise<CryptoKey> {
  const secret = await crypto.subtle.importKey("raw", utf8(authSecret(env)), "HKDF", false, [
    "deriveKey",
  ]);
  return crypto.subtle.deriveKey(
    { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: utf8("access token keys") },
    secret,
    { name: "AES-GCM", length: 256 },
    false,
    ["encrypt", "decrypt"],
  );
}

async function seal(env: Env, key: JWK): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const data = utf8(JSON.stringify(key));
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await sealingKey(env), data);
  return `${toBase64Url(iv)}.${toBase64Url(sealed)}`;
}

async function open(env: Env, text: string): Promise<JWK> {
  const [iv = "", sealed = ""] = text.split(".");
  const data = await crypto.subtle.decrypt(
    { name: "AES-GCM", iv: fromBase64Url(iv) },
    await sealingKey(env),
    fromBase64Url(sealed),
  );
  return JSON.parse(new TextDecoder().decode(data)) as JWK;
}
