import { and, eq, isNull, sql } from "drizzle-orm";
import type { CreatedApiKey, RotateApiKey } from "../../../shared/contracts/teams";
import { newId } from "../../../shared/ids";
import { recorded, requireForSensitive } from "../../audit";
import { bumpEpoch } from "../../limits";
import { countingFactor, type Context } from "../../platform/context";
import { sha256Hex } from "../../platform/encoding";
import { HubError } from "../../platform/errors";
import { refusedNull } from "../../platform/refused";
import { apiKeys } from "../tables";
import { makeApiKey, prefixOf } from "./api-key";
import { boundsOf, requireWithin } from "./bounds";
import { countOf, tooMany } from "./create";
import { reachable } from "./list";
import { ownApiKey } from "./read";
import { stateOf, toApiKey } from "./shown";

const hourMs = 60 * 60_000;
/** With those that wait for their end. */
const maxKeys = 200;

/**
 * A new key in the place of one's own: with the same name, scopes, addresses and lifetime. The old one goes on for the
 * overlap. Of several rotations at once, one succeeds.
 */
export async function rotateApiKey(
  ctx: Context,
  id: string,
  { overlapHours }: RotateApiKey,
): Promise<CreatedApiKey> {
  const old = await ownApiKey(ctx, id);
  await requireForSensitive(ctx, "Rotating an API key");
  if (old.replacedBy !== null) throw replaced(id);
  const bounds = await boundsOf(ctx);
  const apiKey = makeApiKey();
  const key = {
    ...old,
    id: newId("key", ctx.now),
    prefix: prefixOf(apiKey),
    createdAt: ctx.now,
    expiresAt: expiryAfter(ctx, old, bounds.expiresAt),
  };
  requireWithin(bounds, key);
  const until = Math.floor(ctx.now + overlapHours * hourMs);
  const won = sql`(SELECT ${apiKeys.replacedBy} FROM ${apiKeys} WHERE ${apiKeys.id} = ${id}) = ${key.id}`;
  const event = {
    action: "api_key.rotate",
    subjectId: id,
    details: { replacedBy: key.id, oldEndsAt: Math.min(old.expiresAt ?? until, until) },
    before: stateOf(old),
    after: stateOf(key),
  };
  const { personName: _name, lastUsed: _use, ...columns } = key;
  const batch = recorded(ctx, event, [
    ctx.db
      .update(apiKeys)
      .set({
        replacedBy: key.id,
        expiresAt: sql`min(ifnull(${apiKeys.expiresAt}, ${until}), ${until})`,
      })
      .where(and(eq(apiKeys.id, id), reachable(ctx), isNull(apiKeys.replacedBy))),
    // Where another rotation or a revocation came first, this may not be made: null in its place undoes the batch.
    ctx.db.insert(apiKeys).values({
      ...columns,
      teamId: ctx.teamId,
      prefix: sql`CASE WHEN ${won} THEN ${key.prefix} END`,
      name: sql`CASE WHEN ${countOf(ctx, key.personId)} < ${maxKeys} THEN ${key.name} END`,
      hash: await sha256Hex(apiKey),
      secondFactorAt: countingFactor(ctx),
    }),
  ]);
  await batch.catch((error: unknown) => {
    if (refusedNull(error, "api_keys.prefix")) throw replaced(id, error);
    throw refusedNull(error, "api_keys.name") ? tooMany(maxKeys, error) : error;
  });
  await bumpEpoch(ctx);
  return { ...toApiKey(key, undefined), apiKey };
}

/** As long as the old one was to last from the day it was made; asked for by a key, no longer than that key. */
function expiryAfter(
  { now }: Context,
  old: { createdAt: number; expiresAt: number | null },
  bound: number | null,
): number | null {
  const next = old.expiresAt === null ? null : now + old.expiresAt - old.createdAt;
  return bound === null ? next : Math.min(next ?? bound, bound);
}

const replaced = (id: string, cause?: unknown) =>
  new HubError(
    "conflict",
    `The API key ${id} was replaced or revoked already. Rotate the key that took its place.`,
    { cause },
  );
