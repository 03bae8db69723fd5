import { and, eq } from "drizzle-orm";
import { recorded } from "../../audit";
import { bumpEpoch } from "../../limits";
import type { Context } from "../../platform/context";
import { HubError } from "../../platform/errors";
import { reachable } from "./list";
import { apiKeys } from "../tables";

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
  await recorded(ctx, { action: "api_key.revoke", subjectId: id, before: key }, [
    ctx.db
      .update(apiKeys)
      .set({ revokedAt: ctx.now })
      .where(and(eq(apiKeys.id, id), reachable(ctx))),
  ]);
  await bumpEpoch(ctx);
}
