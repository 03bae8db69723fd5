import {
  and,
  asc,
  eq,
  gt,
  inArray,
  isNotNull,
  isNull,
  notInArray,
  or,
  sql,
  type SQL,
} from "drizzle-orm";
import type { ConnectionStatus } from "../../shared/contracts/connections";
import type { Page } from "../../shared/contracts/pages";
import type { Tool, ToolQuery, ToolStatus } from "../../shared/contracts/tools";
import { connections } from "../connections/tables";
import { iconsOf, isObject, type JsonObject } from "../connectors";
import { requirePermission, type Context } from "../platform/context";
import { shownTo } from "../platform/hidden";
import { toPage } from "../platform/pages";
import { HubError } from "../platform/errors";
import { defaultTimeoutMs } from "./find";
import { runsAgain } from "./runs-again";
import { tools } from "./tables";
import { titleOf } from "./title";

type ToolRow = typeof tools.$inferSelect;
/** While a connection is in one of these its tools run. */
const usable: ConnectionStatus[] = ["connected", "expiring"];

type Of = { slug: string; status: ConnectionStatus };

function toTool(row: ToolRow, connection: Of): Tool {
  const { definition } = row;
  const object = (key: string): JsonObject | null =>
    isObject(definition[key]) ? definition[key] : null;
  return {
    id: row.id,
    name: row.name,
    exposedName: row.exposedName,
    connectionId: row.connectionId,
    connectionSlug: connection.slug,
    title: titleOf(definition),
    description: typeof definition["description"] === "string" ? definition["description"] : null,
    inputSchema: object("inputSchema") ?? {},
    outputSchema: object("outputSchema"),
    icons: iconsOf(definition["icons"]),
    annotations: object("annotations") ?? {},
    status:
      row.pendingHash !== null
        ? "quarantined"
        : usable.includes(connection.status)
          ? "available"
          : "unavailable",
    pending:
      row.pendingHash !== null && row.pendingDefinition !== null
        ? { hash: row.pendingHash, definition: row.pendingDefinition }
        : null,
    timeoutMs: row.timeoutMs ?? defaultTimeoutMs,
    runsAgain: runsAgain(row),
    cacheSeconds: row.cacheSeconds,
    staleSeconds: row.staleSeconds,
    cost: row.cost,
  };
}

const joined = (ctx: Context) =>
  ctx.db
    .select({ tool: tools, connection: { slug: connections.slug, status: connections.status } })
    .from(tools)
    .innerJoin(
      connections,
      and(eq(connections.id, tools.connectionId), eq(connections.teamId, tools.teamId)),
    );

const accepted = isNull(tools.pendingHash);
const hasStatus: Record<ToolStatus, SQL | undefined> = {
  quarantined: isNotNull(tools.pendingHash),
  available: and(accepted, inArray(connections.status, usable)),
  unavailable: and(accepted, notInArray(connections.status, usable)),
};

/** Every word of `query` must stand in the tool's name, title or description. */
export async function listTools(ctx: Context, query: ToolQuery): Promise<Page<Tool>> {
  requirePermission(ctx, "tools.read");
  const words = (query.query ?? "").toLowerCase().split(/\s+/).filter(Boolean).slice(0, 10);
  const rows = await joined(ctx)
    .where(
      and(
        eq(tools.teamId, ctx.teamId),
        shownTo(ctx, tools.connectionId),
        query.cursor === undefined ? undefined : gt(tools.exposedName, query.cursor),
        query.connection === undefined
          ? undefined
          : or(eq(connections.id, query.connection), eq(connections.slug, query.connection)),
        query.status === undefined ? undefined : hasStatus[query.status],
        // Not LIKE: D1 refuses patterns of more than 50 bytes.
        ...words.map((word) => sql`instr(${tools.searchText}, ${word}) > 0`),
      ),
    )
    .orderBy(asc(tools.exposedName))
    .limit(query.limit + 1);
  return toPage(rows, query.limit, {
    item: (row) => toTool(row.tool, row.connection),
    cursor: (tool) => tool.exposedName,
  });
}

/** By id, or by its name at `/mcp`. */
export async function getTool(ctx: Context, idOrName: string): Promise<Tool> {
  requirePermission(ctx, "tools.read");
  const row = await joined(ctx)
    .where(
      and(
        eq(tools.teamId, ctx.teamId),
        shownTo(ctx, tools.connectionId),
        or(eq(tools.id, idOrName), eq(tools.exposedName, idOrName)),
      ),
    )
    .get();
  if (!row)
    throw new HubError(
      "not_found",
      `There is no tool ${JSON.stringify(idOrName.slice(0, 100))}. List the tools to see their ids.`,
    );
  return toTool(row.tool, row.connection);
}
