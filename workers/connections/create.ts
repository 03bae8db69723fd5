import { eq } from "drizzle-orm";
import type { Connection, CreateConnection } from "../../shared/contracts/connections";
import { newId } from "../../shared/ids";
import { auditEntry } from "../audit";
import { adoptSession } from "../connectors";
import { deleteSecret, putSecret } from "../credentials";
import { requirePermission, type Context } from "../platform/context";
import { HubError } from "../platform/errors";
import { judgeUrl } from "../platform/outbound";
import { outboundPolicy } from "../platform/settings";
import { sessionKeyOf } from "./ask";
import { probe, type Probed } from "./probe";
import { toConnection } from "./rows";
import { freeSlug, slugOf } from "./slug";
import { bumpEpoch, faultOf, probedColumns, type Snapshot } from "./sync";
import { connections, type ConnectionRow } from "./tables";

/**
 * Connects a server: reaches it, reads everything it offers, and stores connection, snapshot and audit entry in one
 * batch. Stores nothing when the server cannot be reached, unless `allowUnreachable`.
 */
export async function createConnection(
  ctx: Context,
  input: CreateConnection,
  snapshot: Snapshot,
): Promise<Connection> {
  requirePermission(ctx, "connections.write");
  requireAllowedUrl(ctx, input.config.url);
  const taken = await ctx.db
    .select({ slug: connections.slug, name: connections.name })
    .from(connections)
    .where(eq(connections.teamId, ctx.teamId));
  if (taken.some(({ name }) => name === input.name)) throw nameTaken(input.name);
  const headers = input.config.headers ?? {};
  const target = { url: input.config.url, transport: input.config.transport, headers };
  const probed = await probe(ctx, target).catch((error: unknown) => {
    if (input.allowUnreachable) return faultOf(ctx, error);
    throw error;
  });
  const headerNames = Object.keys(headers);
  const credentialId = headerNames.length === 0 ? null : newId("crd", ctx.now);
  const row: ConnectionRow = {
    id: newId("con", ctx.now),
    teamId: ctx.teamId,
    slug: freeSlug(slugOf(input.name), new Set(taken.map(({ slug }) => slug))),
    name: input.name,
    connector: input.connector,
    url: input.config.url,
    transport: input.config.transport,
    headerNames,
    credentialId,
    credentialVersion: 1,
    createdAt: ctx.now,
    updatedAt: ctx.now,
    ...("code" in probed ? unreachedColumns(probed) : probedColumns(ctx, probed)),
  };
  if (credentialId !== null) await putSecret(ctx, { id: credentialId, version: 1 }, headers);
  try {
    await ctx.db.batch([
      ctx.db.insert(connections).values(row),
      ...("code" in probed ? [] : await snapshot(ctx, row, probed.listing)),
      auditEntry(ctx, "connection.create", row.id, { name: row.name, url: row.url, headerNames }),
    ]);
  } catch (error) {
    if (credentialId !== null) await deleteSecret(ctx, { id: credentialId, version: 1 });
    if (isUniqueViolation(error)) throw nameTaken(input.name);
    throw error;
  }
  if (!("code" in probed)) adoptProbed(row, probed);
  await bumpEpoch(ctx);
  return toConnection(row);
}

function adoptProbed(row: ConnectionRow, probed: Probed): void {
  adoptSession(sessionKeyOf(row), probed.known, probed.sessionId);
}

export function requireAllowedUrl(ctx: Context, url: string): void {
  const verdict = judgeUrl(url, outboundPolicy(ctx.env));
  if (verdict.ok) return;
  throw new HubError("outbound_refused", `config.url: ${verdict.reason}`, { details: { field: "config.url" } });
}

export function nameTaken(name: string): HubError {
  return new HubError("conflict", `A connection named ${JSON.stringify(name)} exists already. Choose another name.`, {
    details: { field: "name" },
  });
}

/** Two requests can take the same free name at once: the index decides. */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof Error && /UNIQUE constraint failed/i.test(`${error.message} ${String(error.cause)}`);
}

function unreachedColumns(lastError: ConnectionRow["lastError"]) {
  return {
    status: "error" as const,
    server: null,
    capabilities: {},
    counts: { tools: 0, resources: 0, prompts: 0 },
    warnings: [],
    responseTimeMs: null,
    lastError,
    lastSyncedAt: null,
  };
}
