import { and, eq, or } from "drizzle-orm";
import type { Connection } from "../../shared/contracts/connections";
import type { KnownServer } from "../connectors";
import { remember, type Context } from "../platform/context";
import { HubError } from "../platform/errors";
import { connections, type ConnectionRow } from "./tables";

export function toConnection(row: ConnectionRow): Connection {
  const server = row.server;
  return {
    id: row.id,
    slug: row.slug,
    name: row.name,
    connector: row.connector,
    status: row.status,
    config: { url: row.url, transport: row.transport, headerNames: row.headerNames },
    server: server && {
      name: server.name,
      title: server.title,
      version: server.version,
      icons: server.icons ?? [],
      websiteUrl: server.websiteUrl ?? null,
      protocolVersion: server.protocolVersion,
      era: server.era,
      transport: server.transport,
      instructions: server.instructions,
    },
    capabilities: row.capabilities,
    counts: row.counts,
    warnings: row.warnings,
    responseTimeMs: row.responseTimeMs,
    lastError: row.lastError,
    lastSyncedAt: row.lastSyncedAt,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  };
}

/** By id or slug, from the isolate's memory of the team's epoch where it has it. Throws `not_found`. */
export function findConnection(ctx: Context, idOrSlug: string): Promise<ConnectionRow> {
  return remember(ctx, `connection/${idOrSlug}`, () => readConnection(ctx, idOrSlug));
}

/** The row as it is now. */
export async function readConnection(ctx: Context, idOrSlug: string): Promise<ConnectionRow> {
  const row = await ctx.db
    .select()
    .from(connections)
    .where(
      and(
        eq(connections.teamId, ctx.teamId),
        or(eq(connections.id, idOrSlug), eq(connections.slug, idOrSlug)),
      ),
    )
    .get();
  if (!row) throw noConnection(idOrSlug);
  return row;
}

export function noConnection(idOrSlug: string): HubError {
  return new HubError(
    "not_found",
    `There is no connection ${JSON.stringify(idOrSlug.slice(0, 100))}. List the connections to see their ids.`,
  );
}

/** Throws `connection_disabled`, or `upstream_unreachable` for a server that was never reached. */
export function knownServer(row: ConnectionRow): KnownServer {
  if (row.status === "disabled")
    throw new HubError(
      "connection_disabled",
      `The connection ${row.name} is disabled. Enable it to use it.`,
    );
  if (!row.server)
    throw new HubError(
      "upstream_unreachable",
      `The server behind the connection ${row.name} was never reached. Sync the connection once it runs.`,
    );
  const { era, transport, protocolVersion, keepsSessions } = row.server;
  return { era, transport, protocolVersion, keepsSessions };
}
