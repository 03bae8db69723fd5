import { and, eq, getTableColumns, or, sql } from "drizzle-orm";
import type { Connection } from "../../shared/contracts/connections";
import { findMethod, type KnownServer } from "../connectors";
import { remember, type Context } from "../platform/context";
import { HubError } from "../platform/errors";
import { connectionAccess } from "../teams/tables";
import { requireRunnable } from "./runnable";
import { connections, type ConnectionRow } from "./tables";

/** A connection and whether it has an access list. */
export type ListedRow = ConnectionRow & { restricted: boolean };

export const listedColumns = {
  ...getTableColumns(connections),
  // Names spelt out: of columns in a select from one table drizzle leaves the table away.
  restricted:
    sql<boolean>`EXISTS (SELECT 1 FROM ${connectionAccess} AS access WHERE access.team_id = connections.team_id AND access.connection_id = connections.id)`.mapWith(
      Boolean,
    ),
};

export function toConnection(row: ListedRow): Connection {
  const server = row.server;
  return {
    id: row.id,
    slug: row.slug,
    name: row.name,
    connector: row.connector,
    status: row.status,
    owner: { kind: row.ownerId === null ? "team" : "person", personId: row.ownerId },
    auth: signInOf(row),
    params: row.params,
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
    restricted: row.restricted,
    needsSecondFactor: row.needsSecondFactor,
    responseTimeMs: row.responseTimeMs,
    lastError: row.lastError,
    lastSyncedAt: row.lastSyncedAt,
    errorCount: row.errorCount,
    createdBy: row.createdBy,
    createdFrom: { address: row.createdAddress, userAgent: row.createdUserAgent },
    lastUsedAt: null,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  };
}

const dayMs = 24 * 60 * 60_000;

function signInOf(row: ListedRow): Connection["auth"] {
  const method = findMethod(row.connector, row.authMethod);
  const { rotateEveryDays, rotatedAt } = row;
  return {
    method: row.authMethod,
    kind: method?.kind ?? row.authMethod,
    label: method?.label ?? row.authMethod,
    scopes: row.scopes,
    missingScopes: row.missingScopes,
    fieldNames: row.headerNames,
    account: row.account,
    refreshes: row.refreshes,
    expiresAt: row.expiresAt,
    consentedAt: row.consentedAt,
    rotateEveryDays,
    rotatedAt,
    rotationDueAt:
      rotateEveryDays === null || rotatedAt === null ? null : rotatedAt + rotateEveryDays * dayMs,
  };
}

/** By id or slug, from the isolate's memory of the team's epoch where it has it. Throws `not_found`. */
export async function findConnection(ctx: Context, idOrSlug: string): Promise<ConnectionRow> {
  return requireShown(ctx, idOrSlug, await rememberedConnection(ctx, idOrSlug));
}

/** The same for whatever is remembered for all callers of the team: hidden or not. */
export function rememberedConnection(ctx: Context, idOrSlug: string): Promise<ConnectionRow> {
  return remember(ctx, `connection/${idOrSlug}`, () => readRow(ctx, idOrSlug));
}

/** The row as it is now. Throws `not_found`. */
export async function readConnection(ctx: Context, idOrSlug: string): Promise<ListedRow> {
  return requireShown(ctx, idOrSlug, await readRow(ctx, idOrSlug));
}

function requireShown<Row extends ConnectionRow>(ctx: Context, idOrSlug: string, row: Row): Row {
  if (ctx.hidden.has(row.id)) throw noConnection(idOrSlug);
  return row;
}

async function readRow(ctx: Context, idOrSlug: string): Promise<ListedRow> {
  const row = await ctx.db
    .select(listedColumns)
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

/**
 * Throws `connection_disabled`, `connection_needs_auth`, or `upstream_unreachable` for a server that was never reached.
 */
export function knownServer(row: ConnectionRow): KnownServer {
  requireRunnable(row);
  if (!row.server)
    throw new HubError(
      "upstream_unreachable",
      `The server behind the connection ${row.name} was never reached. Sync the connection once it runs.`,
    );
  const { era, transport, protocolVersion, keepsSessions } = row.server;
  return { era, transport, protocolVersion, keepsSessions };
}
