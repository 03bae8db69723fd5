import { eq } from "drizzle-orm";
import type { ApiKey, UpdateApiKey } from "../../../shared/contracts/teams";
import { recorded, requireForSensitive } from "../../audit";
import { bumpEpoch } from "../../limits";
import type { Context } from "../../platform/context";
import { refusedNull } from "../../platform/refused";
import { apiKeys } from "../tables";
import { toBlocks } from "./addresses";
import { boundsOf, requireOwnPermissions, requireWithin } from "./bounds";
import { nameWhile, reachable } from "./list";
import { noKey, ownApiKey } from "./read";
import { stateOf } from "./shown";

/** Changes what is named of one's own key. What it may do changes with its next request. */
export async function updateApiKey(ctx: Context, id: string, input: UpdateApiKey): Promise<ApiKey> {
  const key = await ownApiKey(ctx, id);
  const change = {
    ...(input.name === undefined ? {} : { name: input.name }),
    ...(input.scopes === undefined ? {} : { scopes: input.scopes && [...new Set(input.scopes)] }),
    ...(input.allowedAddresses === undefined
      ? {}
      : { allowedAddresses: input.allowedAddresses && toBlocks(input.allowedAddresses) }),
  };
  if (change.scopes !== undefined || change.allowedAddresses !== undefined) {
    await requireForSensitive(ctx, "Changing what an API key may do");
    if (change.scopes) requireOwnPermissions(ctx, change.scopes);
    const bounds = await boundsOf(ctx);
    // Only what is changed counts: how wide the rest is was somebody else's doing.
    requireWithin(bounds, {
      scopes: change.scopes === undefined ? bounds.scopes : change.scopes,
      expiresAt: bounds.expiresAt,
      allowedAddresses:
        change.allowedAddresses === undefined ? bounds.allowedAddresses : change.allowedAddresses,
    });
  }
  const next = { ...key, ...change };
  const event = {
    action: "api_key.update",
    subjectId: id,
    before: stateOf(key),
    after: stateOf(next),
  };
  await recorded(ctx, event, [
    ctx.db
      .update(apiKeys)
      .set({
        ...change,
        name: nameWhile(reachable(ctx), change.name),
      })
      .where(eq(apiKeys.id, id)),
  ]).catch((error: unknown) => {
    throw refusedNull(error, "api_keys.name") ? noKey(id) : error;
  });
  await bumpEpoch(ctx, { changed: { keyId: id } });
  return next;
}
