import { and, eq } from "drizzle-orm";
import { auditEntry } from "../audit";
import { bumpEpoch } from "../limits";
import type { Context } from "../platform/context";
import { HubError } from "../platform/errors";
import { reachable } from "./list-api-keys";
import { apiKeys } from "./tables";

/** The key's next request is refused, whatever it asks. */
export async function revokeApiKey(ctx: Context, id: string): Promise<void> {
  const key = await ctx.db
    .select({ name: apiKeys.name, prefix: apiKeys.prefix, personId: apiKeys.personId })
    .from(apiKeys)
    .where(and(eq(apiKeys.id, id), reachable(ctx)))
    .get();
  if (!key)
    throw new HubError(
      "not_found",
      `There is no API key ${id} that you could revoke. List the keys at /api/v1/api-keys.`,
    );
  await ctx.db.batch([
    ctx.db
      .update(apiKeys)
      .set({ revokedAt: ctx.now })
      .where(and(eq(apiKeys.id, id), reachable(ctx))),
    auditEntry(ctx, "api_key.revoke", id, key),
  ]);
  await bumpEpoch(ctx);
}
