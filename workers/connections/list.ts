import { and, asc, eq, gt } from "drizzle-orm";
import type { Connection } from "../../shared/contracts/connections";
import type { Page, PageQuery } from "../../shared/contracts/pages";
import { requirePermission, type Context } from "../platform/context";
import { byId, toPage } from "../platform/pages";
import { readConnection, toConnection } from "./rows";
import { connections } from "./tables";

/** Oldest first. The cursor is the last id of the page before. */
export async function listConnections(ctx: Context, query: PageQuery): Promise<Page<Connection>> {
  requirePermission(ctx, "connections.read");
  const rows = await ctx.db
    .select()
    .from(connections)
    .where(
      and(
        eq(connections.teamId, ctx.teamId),
        query.cursor === undefined ? undefined : gt(connections.id, query.cursor),
      ),
    )
    .orderBy(asc(connections.id))
    .limit(query.limit + 1);
  return toPage(rows, query.limit, { item: toConnection, cursor: byId });
}

export async function getConnection(ctx: Context, idOrSlug: string): Promise<Connection> {
  requirePermission(ctx, "connections.read");
  return toConnection(await readConnection(ctx, idOrSlug));
}
