import { and, asc, eq, gt, isNotNull, isNull, sql } from "drizzle-orm";
import type { Connection, ConnectionQuery } from "../../shared/contracts/connections";
import type { Page } from "../../shared/contracts/pages";
import { lastCalls } from "../ledger";
import { requirePermission, type Context } from "../platform/context";
import { shownTo } from "../platform/hidden";
import { byId, toPage } from "../platform/pages";
import { listedColumns, readConnection, toConnection, type ListedRow } from "./rows";
import { connections } from "./tables";

const searched = sql`${connections.name} || ' ' || ${connections.slug} || ' ' || ${connections.url}`;

/**
 * Oldest first. The cursor is the last id of the page before. Every word of `query` must stand in the name, slug or URL.
 */
export async function listConnections(
  ctx: Context,
  query: ConnectionQuery,
): Promise<Page<Connection>> {
  requirePermission(ctx, "connections.read");
  const words = (query.query ?? "").split(/\s+/).filter(Boolean).slice(0, 10);
  const rows = await ctx.db
    .select(listedColumns)
    .from(connections)
    .where(
      and(
        eq(connections.teamId, ctx.teamId),
        shownTo(ctx, connections.id),
        query.cursor === undefined ? undefined : gt(connections.id, query.cursor),
        query.status === undefined ? undefined : eq(connections.status, query.status),
        query.owner === "team" ? isNull(connections.ownerId) : undefined,
        // Those of others are hidden already.
        query.owner === "person" ? isNotNull(connections.ownerId) : undefined,
        // SQLite's lower() leaves all but ASCII as it is, on both sides alike.
        ...words.map((word) => sql`instr(lower(${searched}), lower(${word})) > 0`),
      ),
    )
    .orderBy(asc(connections.id))
    .limit(query.limit + 1);
  const uses = await lastCalls(
    ctx,
    rows.map(({ id }) => id),
  );
  const item = (row: ListedRow) => ({ ...toConnection(row), lastUsedAt: uses.get(row.id) ?? null });
  return toPage(rows, query.limit, { item, cursor: byId });
}

export async function getConnection(ctx: Context, idOrSlug: string): Promise<Connection> {
  requirePermission(ctx, "connections.read");
  const row = await readConnection(ctx, idOrSlug);
  const uses = await lastCalls(ctx, [row.id]);
  return { ...toConnection(row), lastUsedAt: uses.get(row.id) ?? null };
}
