import { and, asc, eq, gt, isNull } from "drizzle-orm";
import type { ConnectionExport } from "../../shared/contracts/connections";
import { requirePermission, type Context } from "../platform/context";
import { shownTo } from "../platform/hidden";
import { connections, type ConnectionRow } from "./tables";

export const mostAtOnce = 500;

/**
 * The team's connections, oldest first, without anything secret: as much as it takes to set them up elsewhere. At most
 * 500 at once; `nextCursor` leads on. What belongs to a person stays with them.
 */
export async function exportConnections(
  ctx: Context,
  cursor: string | undefined,
): Promise<ConnectionExport> {
  requirePermission(ctx, "connections.read");
  const rows = await ctx.db
    .select()
    .from(connections)
    .where(
      and(
        eq(connections.teamId, ctx.teamId),
        isNull(connections.ownerId),
        shownTo(ctx, connections.id),
        cursor === undefined ? undefined : gt(connections.id, cursor),
      ),
    )
    .orderBy(asc(connections.id))
    .limit(mostAtOnce + 1);
  const shown = rows.slice(0, mostAtOnce);
  return {
    version: 1,
    connections: shown.map(exported),
    nextCursor: rows.length > mostAtOnce ? (shown.at(-1)?.id ?? null) : null,
  };
}

const exported = (row: ConnectionRow): ConnectionExport["connections"][number] => ({
  connector: row.connector,
  name: row.name,
  method: row.authMethod,
  config: row.connector === "mcp" ? { url: row.url, transport: row.transport } : null,
  params: row.params,
  // What an API said by itself may be more than anybody can ask for again.
  scopes: [...new Set([...row.scopes, ...row.missingScopes])].slice(0, 200),
  fieldNames: row.headerNames.slice(0, 50),
  rotateEveryDays: row.rotateEveryDays,
});
