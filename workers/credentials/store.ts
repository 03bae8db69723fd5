import { and, eq, lte } from "drizzle-orm";
import type { Context } from "../platform/context";
import { utf8 } from "../platform/encoding";
import { HubError } from "../platform/errors";
import { Lru } from "../platform/lru";
import type { SecretRecord } from "./auth/types";
import { findDataKey, lostDataKey, teamKey } from "./keys";
import { keyIdOf, open, seal } from "./sealing";
import { credentials, type CredentialKind } from "./tables";

/** Where a secret lies; this, and never the secret, is what the registry holds. */
export type CredentialRef = { id: string; version: number };

/** What a sealed record is for: a connection, a team's secret, a connector's OAuth app, an issuer, a provider. */
export type CredentialAbout = { kind: CredentialKind; subjectId: string };

type Asking = Pick<Context, "env" | "teamId">;
type Registering = Asking & Pick<Context, "db">;
type Storing = Registering & Pick<Context, "now">;

// Each version has a key of its own, so that a stale read of KV can bring back no older secret.
export const recordName = (teamId: string, ref: CredentialRef): string =>
  `t/${teamId}/c/${ref.id}/${ref.version}`;

export const placeOf = (teamId: string, ref: CredentialRef) => ({
  teamId,
  credentialId: ref.id,
  version: ref.version,
});

const sealedRecords = new Lru<string>(2000);

/** What KV says of a record beside it, so that a listing tells what is sealed with which key, and since when. */
export type RecordNote = { keyId: string; at: number };

export async function putRecord(
  { env, teamId }: Asking,
  ref: CredentialRef,
  { record, at }: { record: string; at: number },
): Promise<void> {
  const metadata: RecordNote = { keyId: keyIdOf(record), at };
  await env.TOKENS.put(recordName(teamId, ref), record, { metadata });
  sealedRecords.delete(recordName(teamId, ref));
}

/** Seals a secret for its place with the team's newest data key, for whoever keeps it. `openRecord` opens it. */
export async function sealRecord(
  { env, teamId }: Asking,
  ref: CredentialRef,
  secret: SecretRecord,
): Promise<string> {
  const key = await teamKey(env, teamId);
  return seal(key, placeOf(teamId, ref), utf8(JSON.stringify(secret)));
}

/**
 * Seals the secret with the team's newest data key: first the record in KV, then its row. Where the row is not written
 * nothing is left. Whoever calls this deletes it again where what follows fails.
 */
export async function putSecret(
  ctx: Storing,
  ref: CredentialRef,
  secret: SecretRecord,
  about: CredentialAbout,
): Promise<void> {
  const record = await sealRecord(ctx, ref, secret);
  const { id, version } = ref;
  const row = { version, keyId: keyIdOf(record), ...about, updatedAt: ctx.now };
  try {
    await putRecord(ctx, ref, { record, at: Date.now() });
    await ctx.db
      .insert(credentials)
      .values({ id, teamId: ctx.teamId, createdAt: ctx.now, ...row })
      .onConflictDoUpdate({
        target: credentials.id,
        set: row,
        // A writer that was held up does not put an older version back.
        setWhere: lte(credentials.version, version),
      });
  } catch (error) {
    await Promise.allSettled([forgetRow(ctx, ref), forgetRecord(ctx, ref)]);
    throw error;
  }
}

/**
 * Opens a secret for the call at hand. The isolate remembers the sealed record and never the secret; do not keep what
 * this returns. Throws `unavailable` where it is not there or its key is lost, `internal` where it does not open.
 */
export async function openSecret(ctx: Asking, ref: CredentialRef): Promise<SecretRecord> {
  const { env, teamId } = ctx;
  const remembered = sealedRecords.get(recordName(teamId, ref));
  if (remembered === undefined) return openStored(ctx, ref);
  return openRecord(env, teamId, ref, remembered);
}

/**
 * Opens a sealed record that somebody else keeps. Where it is sealed with a data key that is gone since, what lies in
 * KV was sealed anew: that is opened instead.
 */
export async function openRecord(
  env: Env,
  teamId: string,
  ref: CredentialRef,
  sealed: string,
): Promise<SecretRecord> {
  const key = await findDataKey(env, teamId, keyIdOf(sealed));
  if (key === null) return openStored({ env, teamId }, ref);
  return parse(await open(key, placeOf(teamId, ref), sealed));
}

async function openStored({ env, teamId }: Asking, ref: CredentialRef): Promise<SecretRecord> {
  const name = recordName(teamId, ref);
  sealedRecords.delete(name);
  const stored = await env.TOKENS.get(name);
  if (stored === null)
    throw new HubError(
      "unavailable",
      "The connection's credential is not there yet. Try again in a minute, or enter it again.",
    );
  const plain = await openSealed(env, placeOf(teamId, ref), stored);
  sealedRecords.set(name, stored);
  return parse(plain);
}

async function openSealed(env: Env, place: ReturnType<typeof placeOf>, sealed: string) {
  const keyId = keyIdOf(sealed);
  const key = await findDataKey(env, place.teamId, keyId);
  if (key === null) throw lostDataKey(keyId);
  return open(key, place, sealed);
}

const parse = (plain: Uint8Array) =>
  JSON.parse(new TextDecoder().decode(plain)) as Record<string, string>;

/** Takes one version away: the row first, so that a rotation that is under way sees that it is gone. */
export async function deleteSecret(ctx: Registering, ref: CredentialRef): Promise<void> {
  await forgetRow(ctx, ref);
  await forgetRecord(ctx, ref);
}

async function forgetRow({ db, teamId }: Registering, { id, version }: CredentialRef) {
  await db
    .delete(credentials)
    .where(
      and(eq(credentials.id, id), eq(credentials.teamId, teamId), eq(credentials.version, version)),
    );
}

/** Its sealed record alone. */
export async function forgetRecord({ env, teamId }: Asking, ref: CredentialRef): Promise<void> {
  sealedRecords.delete(recordName(teamId, ref));
  await env.TOKENS.delete(recordName(teamId, ref));
}

/** What a text that is kept for a while elsewhere is for, and of what. */
export type TextPlace = { purpose: string; id: string };

export const textPlace = (teamId: string, { purpose, id }: TextPlace) => ({
  teamId,
  credentialId: `${purpose}/${id}`,
  version: 1,
});

/**
 * Seals what is kept for minutes in D1 or by a client: it opens at the same place alone, for less than twenty minutes.
 * What a ledger keeps for a job is sealed anew with each rotation: see rotation/reseal-texts.ts.
 */
export async function sealText(
  { env, teamId }: Asking,
  place: TextPlace,
  record: SecretRecord,
): Promise<string> {
  const key = await teamKey(env, teamId);
  return seal(key, textPlace(teamId, place), utf8(JSON.stringify(record)));
}

export async function openText(
  { env, teamId }: Asking,
  place: TextPlace,
  sealed: string,
): Promise<SecretRecord> {
  return parse(await openSealed(env, textPlace(teamId, place), sealed));
}
