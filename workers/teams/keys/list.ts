import { and, desc, eq, gt, isNull, lt, or, sql, type SQL } from "drizzle-orm";
import type { Page, PageQuery } from "../../../shared/contracts/pages";
import type { ApiKey } from "../../../shared/contracts/teams";
import { lastUses } from "../../ledger";
import { may, type Context } from "../../platform/context";
import { byId, toPage } from "../../platform/pages";
import { apiKeys, people } from "../tables";
import { shownColumns, toApiKey } from "./shown";

/** The keys that are in force: the caller's own, or the whole team's for whoever may manage them. */
export async function listApiKeys(ctx: Context, query: PageQuery): Promise<Page<ApiKey>> {
  const rows = await ctx.db
    .select(shownColumns)
    .from(apiKeys)
    .leftJoin(people, eq(people.id, apiKeys.personId))
    .where(
      and(reachable(ctx), query.cursor === undefined ? undefined : lt(apiKeys.id, query.cursor)),
    )
    .orderBy(desc(apiKeys.id))
    .limit(query.limit + 1);
  const uses = await lastUses(
    ctx,
    rows.map(({ id }) => id),
  );
  return toPage(rows, query.limit, {
    item: (row) => toApiKey(row, uses.get(row.id)),
    cursor: byId,
  });
}

/** The keys in force that the caller can see and revoke. */
export function reachable(ctx: Context) {
  return and(
    eq(apiKeys.teamId, ctx.teamId),
    inForce(ctx.now),
    may(ctx, "keys.manage") ? undefined : eq(apiKeys.personId, ctx.actor.personId ?? ""),
  );
}

/** Null in the place of the name undoes a batch that came too late: somebody else ended the key first. */
export const nameWhile = (condition: SQL | undefined, name?: string) =>
  sql`CASE WHEN ${condition} THEN ${name ?? apiKeys.name} END`;

export const inForce = (now: number) =>
  and(isNull(apiKeys.revokedAt), or(isNull(apiKeys.expiresAt), gt(apiKeys.expiresAt, now)));
