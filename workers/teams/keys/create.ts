import { sql } from "drizzle-orm";
import type { CreateApiKey, CreatedApiKey } from "../../../shared/contracts/teams";
import { newId } from "../../../shared/ids";
import { recorded } from "../../audit";
import { requirePermission, type Context } from "../../platform/context";
import { sha256Hex } from "../../platform/encoding";
import { HubError } from "../../platform/errors";
import { makeApiKey, prefixOf } from "./api-key";
import { refusedNull } from "../../platform/refused";
import { apiKeys } from "../tables";

const maxKeys = 100;

/** A further key of whoever asks. It may do what their role may do. */
export async function createApiKey(ctx: Context, input: CreateApiKey): Promise<CreatedApiKey> {
  requirePermission(ctx, "keys.write");
  const apiKey = makeApiKey();
  const key = {
    id: newId("key", ctx.now),
    name: input.name,
    prefix: prefixOf(apiKey),
    personId: ctx.actor.personId ?? "",
    createdAt: ctx.now,
  };
  const live = sql`SELECT count(*) FROM ${apiKeys} WHERE ${apiKeys.teamId} = ${ctx.teamId} AND ${apiKeys.personId} = ${key.personId} AND ${apiKeys.revokedAt} IS NULL`;
  const event = {
    action: "api_key.create",
    subjectId: key.id,
    after: { name: key.name, prefix: key.prefix },
  };
  const batch = recorded(ctx, event, [
    ctx.db.insert(apiKeys).values({
      ...key,
      teamId: ctx.teamId,
      name: sql`CASE WHEN (${live}) < ${maxKeys} THEN ${key.name} END`,
      hash: await sha256Hex(apiKey),
    }),
  ]);
  await batch.catch((error: unknown) => {
    throw refusedNull(error, "api_keys.name") ? tooMany(error) : error;
  });
  return { ...key, apiKey };
}

function tooMany(cause: unknown): HubError {
  return new HubError(
    "conflict",
    `You have ${maxKeys} API keys already. Revoke one that is no longer used, then make the new one.`,
    { cause },
  );
}
