import { and, desc, eq, isNull, lt } from "drizzle-orm";
import type { Page, PageQuery } from "../../../shared/contracts/pages";
import type { ApiKey } from "../../../shared/contracts/teams";
import { may, type Context } from "../../platform/context";
import { byId, toPage } from "../../platform/pages";
import { apiKeys } from "../tables";

/** The keys that are in force: the caller's own, or the whole team's for whoever may manage them. */
export async function listApiKeys(ctx: Context, query: PageQuery): Promise<Page<ApiKey>> {
  const rows = await ctx.db
    .select({
      id: apiKeys.id,
      name: apiKeys.name,
      prefix: apiKeys.prefix,
      personId: apiKeys.personId,
      createdAt: apiKeys.createdAt,
    })
    .from(apiKeys)
    .where(
      and(reachable(ctx), query.cursor === undefined ? undefined : lt(apiKeys.id, query.cursor)),
    )
    .orderBy(desc(apiKeys.id))
    .limit(query.limit + 1);
  return toPage(rows, query.limit, { item: (row) => row, cursor: byId });
}

/** The keys the caller can see and revoke. */
export function reachable(ctx: Context) {
  return and(
    eq(apiKeys.teamId, ctx.teamId),
    isNull(apiKeys.revokedAt),
    may(ctx, "keys.manage") ? undefined : eq(apiKeys.personId, ctx.actor.personId ?? ""),
  );
}
