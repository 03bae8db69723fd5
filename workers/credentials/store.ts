import { utf8 } from "../platform/encoding";
import type { Context } from "../platform/context";
import { HubError } from "../platform/errors";
import { Lru } from "../platform/lru";
import { teamKey } from "./keys";
import { open, seal } from "./sealing";

/** Where a secret lies; this, and never the secret, is what the registry holds. */
export type CredentialRef = { id: string; version: number };

// Each version has a key of its own, so that a stale read of KV can bring back no older secret.
const keyName = (teamId: string, ref: CredentialRef) => `t/${teamId}/c/${ref.id}/${ref.version}`;

const sealedRecords = new Lru<string>(2000);

export async function putSecret(
  ctx: Context,
  ref: CredentialRef,
  secret: Record<string, string>,
): Promise<void> {
  const key = await teamKey(ctx.env, ctx.teamId);
  const place = { teamId: ctx.teamId, credentialId: ref.id, version: ref.version };
  const record = await seal(key, place, utf8(JSON.stringify(secret)));
  await ctx.env.TOKENS.put(keyName(ctx.teamId, ref), record);
}

/**
 * Opens a secret for the call at hand. The isolate remembers the sealed record and never the secret; do not keep what
 * this returns.
 */
export async function openSecret(
  ctx: Pick<Context, "env" | "teamId">,
  ref: CredentialRef,
): Promise<Record<string, string>> {
  const name = keyName(ctx.teamId, ref);
  let record = sealedRecords.get(name);
  if (record === undefined) {
    const stored = await ctx.env.TOKENS.get(name);
    if (stored === null)
      throw new HubError(
        "unavailable",
        "The connection's credential is not there yet. Try again in a minute, or enter it again.",
      );
    record = stored;
    sealedRecords.set(name, record);
  }
  const { key } = await teamKey(ctx.env, ctx.teamId);
  const place = { teamId: ctx.teamId, credentialId: ref.id, version: ref.version };
  return JSON.parse(new TextDecoder().decode(await open(key, place, record))) as Record<
    string,
    string
  >;
}

export async function deleteSecret(ctx: Context, ref: CredentialRef): Promise<void> {
  sealedRecords.delete(keyName(ctx.teamId, ref));
  await ctx.env.TOKENS.delete(keyName(ctx.teamId, ref));
}
