import { and, eq } from "drizzle-orm";
import { recorded } from "../../audit";
import { bumpEpoch } from "../../limits";
import { may, requirePermission, type Context } from "../../platform/context";
import { refusedNull } from "../../platform/refused";
import { nameWhile, reachable } from "./list";
import { noKey } from "./read";
import { apiKeys } from "../tables";

/**
 * The key's next request is refused, whatever it asks. A key may always end itself; others only with `keys.write`, so
 * that one that was stolen and can only read does not end all the rest.
 */
export async function revokeApiKey(ctx: Context, id: string): Promise<void> {
  const { actor } = ctx;
  const key = await ctx.db
    .select({ name: apiKeys.name, prefix: apiKeys.prefix, personId: apiKeys.personId })
    .from(apiKeys)
    .where(and(eq(apiKeys.id, id), reachable(ctx)))
    .get();
  if (!key) throw noKey(id);
  if (actor.kind !== "user" && actor.id !== id && !may(ctx, "keys.manage"))
    requirePermission(ctx, "keys.write");
  await recorded(ctx, { action: "api_key.revoke", subjectId: id, before: key }, [
    ctx.db
      .update(apiKeys)
      .set({ revokedAt: ctx.now, name: nameWhile(reachable(ctx)) })
      .where(eq(apiKeys.id, id)),
  ]).catch((error: unknown) => {
    throw refusedNull(error, "api_keys.name") ? noKey(id) : error;
  });
  await bumpEpoch(ctx, { ended: { keyId: id } });
}
