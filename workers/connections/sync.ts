import { and, eq, ne, sql } from "drizzle-orm";
import type { BatchItem } from "drizzle-orm/batch";
import type {
  Connection,
  ConnectionFault,
  ConnectionTest,
} from "../../shared/contracts/connections";
import { recorded } from "../audit";
import { adoptSession, isObject, type JsonObject, type Listing } from "../connectors";
import { bumpEpoch } from "../limits";
import { requirePermission, type Context } from "../platform/context";
import { HubError } from "../platform/errors";
import { sessionKeyOf } from "./ask";
import { probe, type Probed } from "./probe";
import { noConnection, readConnection, toConnection } from "./rows";
import { openForWork } from "./secrets";
import { connections, type ConnectionRow } from "./tables";

/** The statements that make a listing the connection's snapshot; they go into the batch of the change. */
export type Snapshot = (
  ctx: Context,
  connection: Pick<ConnectionRow, "id" | "slug">,
  listing: Listing,
) => Promise<BatchItem<"sqlite">[]>;

export function faultOf(ctx: Context, error: unknown): ConnectionFault {
  if (!(error instanceof HubError)) throw error;
  return { code: error.code, message: error.message, at: ctx.now };
}

const maxCapabilitiesLength = 100_000;

/** A server may say anything of itself, and a row of D1 holds 2 MB: past a bound only the names are kept. */
function boundCapabilities(capabilities: JsonObject): JsonObject {
  if (JSON.stringify(capabilities).length <= maxCapabilitiesLength) return capabilities;
  const known = ["tools", "resources", "prompts", "completions", "logging"].filter((key) =>
    isObject(capabilities[key]),
  );
  return Object.fromEntries(known.map((key) => [key, {}]));
}

/** What a successful probe writes into the connection's row. */
export function probedColumns(ctx: Context, probed: Probed) {
  return {
    status: "connected" as const,
    server: {
      ...probed.info,
      ...probed.known,
      instructions: probed.instructions?.slice(0, 20_000) ?? null,
    },
    capabilities: boundCapabilities(probed.capabilities),
    counts: {
      tools: probed.listing.tools.length,
      resources: probed.listing.resources.length + probed.listing.resourceTemplates.length,
      prompts: probed.listing.prompts.length,
    },
    warnings: probed.listing.warnings,
    responseTimeMs: probed.responseTimeMs,
    lastError: null,
    lastSyncedAt: ctx.now,
    updatedAt: ctx.now,
  };
}

/**
 * Reads everything the server offers anew. When it cannot be reached, the connection and its snapshot stay, marked
 * with the error, and the error is thrown.
 */
export async function syncConnection(
  ctx: Context,
  idOrSlug: string,
  snapshot: Snapshot,
): Promise<Connection> {
  requirePermission(ctx, "connections.write");
  return resyncConnection(ctx, idOrSlug, snapshot, "sync");
}

/** The same without anybody's permission: the server itself said that it has changed. */
export async function resyncConnection(
  ctx: Context,
  idOrSlug: string,
  snapshot: Snapshot,
  reason: "sync" | "listen" = "listen",
): Promise<Connection> {
  const row = await readConnection(ctx, idOrSlug);
  if (row.status === "disabled")
    throw new HubError(
      "connection_disabled",
      `The connection ${row.name} is disabled. Enable it to sync it.`,
    );
  const target = {
    url: row.url,
    transport: row.transport,
    headers: await openForWork(ctx, row, reason),
  };
  let probed: Probed;
  try {
    probed = await probe(ctx, target);
  } catch (error) {
    await markFault(ctx, row, faultOf(ctx, error));
    throw error;
  }
  adoptSession(sessionKeyOf(row), probed.known, probed.sessionId);
  const columns = probedColumns(ctx, probed);
  const event = {
    action: "connection.sync",
    subjectId: row.id,
    details: { counts: columns.counts },
  };
  const [[synced]] = await recorded(ctx, event, [
    ctx.db
      .update(connections)
      .set({ ...columns, status: unlessDisabled("connected") })
      .where(sameRow(row))
      .returning(),
    ...(await snapshot(ctx, row, probed.listing)),
  ]);
  await bumpEpoch(ctx);
  if (!synced) throw noConnection(idOrSlug);
  return toConnection({ ...synced, restricted: row.restricted });
}

/** A real request to the server with the stored credential. Changes nothing but the connection's last error. */
export async function testConnection(ctx: Context, idOrSlug: string): Promise<ConnectionTest> {
  requirePermission(ctx, "connections.write");
  const row = await readConnection(ctx, idOrSlug);
  const headers = await openForWork(ctx, row, "test");
  const started = Date.now();
  try {
    const probed = await probe(ctx, { url: row.url, transport: row.transport, headers });
    ctx.waitUntil(probed.close());
    const { server, capabilities, counts, responseTimeMs } = probedColumns(ctx, probed);
    if (row.status === "error" && row.server) await clearFault(ctx, row);
    const { keepsSessions: _keepsSessions, ...shown } = server;
    return { ok: true, responseTimeMs, server: shown, capabilities, counts, error: null };
  } catch (error) {
    const fault = faultOf(ctx, error);
    if (row.status !== "disabled") await markFault(ctx, row, fault);
    return {
      ok: false,
      responseTimeMs: Date.now() - started,
      server: null,
      capabilities: {},
      counts: { tools: 0, resources: 0, prompts: 0 },
      error: fault,
    };
  }
}

const sameRow = (row: ConnectionRow) =>
  and(eq(connections.id, row.id), eq(connections.teamId, row.teamId));

/** While a server was asked, somebody may have disabled its connection: that stands. */
export function unlessDisabled(status: "connected" | "error") {
  return sql`CASE WHEN ${connections.status} = 'disabled' THEN 'disabled' ELSE ${status} END`;
}

async function markFault(
  ctx: Context,
  row: ConnectionRow,
  lastError: ConnectionFault,
): Promise<void> {
  await ctx.db
    .update(connections)
    .set({ status: "error", lastError })
    .where(and(sameRow(row), ne(connections.status, "disabled")));
  await bumpEpoch(ctx);
}

async function clearFault(ctx: Context, row: ConnectionRow): Promise<void> {
  await ctx.db
    .update(connections)
    .set({ status: "connected", lastError: null })
    .where(and(sameRow(row), eq(connections.status, "error")));
  await bumpEpoch(ctx);
}
