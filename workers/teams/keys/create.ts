import { eq, sql } from "drizzle-orm";
import type { CreateApiKey, CreatedApiKey } from "../../../shared/contracts/teams";
import { newId } from "../../../shared/ids";
import { recorded, requireForSensitive } from "../../audit";
import { countingFactor, requirePermission, type Context } from "../../platform/context";
import { sha256Hex } from "../../platform/encoding";
import { HubError } from "../../platform/errors";
import { refusedNull } from "../../platform/refused";
import { apiKeys, people } from "../tables";
import { toBlocks } from "./addresses";
import { makeApiKey, prefixOf } from "./api-key";
import { boundsOf, requireOwnPermissions, requireWithin } from "./bounds";
import { inForce } from "./list";
import { stateOf, toApiKey } from "./shown";

const maxKeys = 100;
const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const longestMs = 3653 * dayMs;

/**
 * A further key of whoever asks. It may do what their role may do, or the scopes they name. What is left out is as wide
 * as the key they came with.
 */
export async function createApiKey(ctx: Context, input: CreateApiKey): Promise<CreatedApiKey> {
  requirePermission(ctx, "keys.write");
  await requireForSensitive(ctx, "Making an API key");
  const bounds = await boundsOf(ctx);
  if (input.scopes) requireOwnPermissions(ctx, input.scopes);
  const extent = {
    scopes: input.scopes ? [...new Set(input.scopes)] : bounds.scopes,
    expiresAt: expiryOf(ctx, input) ?? bounds.expiresAt,
    allowedAddresses: input.allowedAddresses
      ? toBlocks(input.allowedAddresses)
      : bounds.allowedAddresses,
  };
  requireWithin(bounds, extent);
  const apiKey = makeApiKey();
  const personId = ctx.actor.personId ?? "";
  const key = {
    id: newId("key", ctx.now),
    name: input.name,
    prefix: prefixOf(apiKey),
    personId,
    ...extent,
    createdAt: ctx.now,
    replacedBy: null,
  };
  const [person] = await ctx.db
    .select({ name: people.name })
    .from(people)
    .where(eq(people.id, personId));
  const event = { action: "api_key.create", subjectId: key.id, after: stateOf(key) };
  const batch = recorded(ctx, event, [
    ctx.db.insert(apiKeys).values({
      ...key,
      teamId: ctx.teamId,
      name: sql`CASE WHEN ${countOf(ctx, personId)} < ${maxKeys} THEN ${key.name} END`,
      hash: await sha256Hex(apiKey),
      secondFactorAt: countingFactor(ctx),
    }),
  ]);
  await batch.catch((error: unknown) => {
    throw refusedNull(error, "api_keys.name") ? tooMany(maxKeys, error) : error;
  });
  return { ...toApiKey({ ...key, personName: person?.name ?? null }, undefined), apiKey };
}

function expiryOf({ now }: Context, input: CreateApiKey): number | null {
  if (input.expiresInDays !== undefined) return now + input.expiresInDays * dayMs;
  if (input.expiresAt === undefined) return null;
  if (input.expiresAt >= now + minuteMs && input.expiresAt <= now + longestMs)
    return input.expiresAt;
  throw new HubError(
    "invalid_input",
    "body.expiresAt: must lie between one minute and ten years from now, in milliseconds since 1970",
    { details: { field: "body.expiresAt" } },
  );
}

/** How many keys of the person are in force, as part of a statement. */
export const countOf = (ctx: Context, personId: string) =>
  sql`(SELECT count(*) FROM ${apiKeys} WHERE ${apiKeys.teamId} = ${ctx.teamId} AND ${apiKeys.personId} = ${personId} AND ${inForce(ctx.now)})`;

export function tooMany(most: number, cause: unknown): HubError {
  return new HubError(
    "conflict",
    `You have ${most} API keys already. Revoke one that is no longer used, then make the new one.`,
    { cause },
  );
}
