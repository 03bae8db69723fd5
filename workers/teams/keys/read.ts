import { and, eq } from "drizzle-orm";
import type { ApiKey } from "../../../shared/contracts/teams";
import { lastUses } from "../../ledger";
import { requirePermission, type Context } from "../../platform/context";
import { HubError } from "../../platform/errors";
import { apiKeys, people } from "../tables";
import { reachable } from "./list";
import { shownColumns, toApiKey } from "./shown";

export async function readApiKeyOf(ctx: Context, id: string): Promise<ApiKey> {
  const row = await ctx.db
    .select(shownColumns)
    .from(apiKeys)
    .leftJoin(people, eq(people.id, apiKeys.personId))
    .where(and(eq(apiKeys.id, id), reachable(ctx)))
    .get();
  if (!row) throw noKey(id);
  return toApiKey(row, (await lastUses(ctx, [id])).get(id));
}

/** A key of the caller's own, to be changed. Whoever manages keys sees those of others and changes none. */
export async function ownApiKey(ctx: Context, id: string): Promise<ApiKey> {
  requirePermission(ctx, "keys.write");
  const key = await readApiKeyOf(ctx, id);
  if (key.personId === ctx.actor.personId) return key;
  throw new HubError(
    "forbidden",
    "This API key belongs to somebody else. You can revoke it; only they can change or rotate it.",
  );
}

export const noKey = (id: string) =>
  new HubError(
    "not_found",
    `There is no API key ${id} that you could see. List the keys at /api/v1/api-keys.`,
  );
