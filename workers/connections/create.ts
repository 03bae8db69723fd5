import { and, eq, ne } from "drizzle-orm";
import type { BatchItem } from "drizzle-orm/batch";
import type { Connection, CreateConnection } from "../../shared/contracts/connections";
import { newId } from "../../shared/ids";
import { recorded } from "../audit";
import { adoptSession } from "../connectors";
import { deleteSecret, putSecret } from "../credentials";
import { bumpEpoch } from "../limits";
import { requirePermission, type Context } from "../platform/context";
import { HubError } from "../platform/errors";
import { refusedTaken } from "../platform/refused";
import { judgeUrl } from "../platform/outbound";
import { outboundPolicy } from "../platform/settings";
import { sessionKeyOf } from "./ask";
import { probe } from "./probe";
import { toConnection } from "./rows";
import { freeSlug, slugOf } from "./slug";
import { faultOf, probedColumns, type Snapshot } from "./sync";
import { connections, type ConnectionRow } from "./tables";

const maxSlugsTried = 5;

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
  await requireFreeName(ctx, input.name);
  const headers = input.config.headers ?? {};
  const target = { url: input.config.url, transport: input.config.transport, headers };
  const probed = await probe(ctx, target).catch((error: unknown) => {
    if (input.allowUnreachable) return faultOf(ctx, error);
    throw error;
  });
  const headerNames = Object.keys(headers);
  const credentialId = headerNames.length === 0 ? null : newId("crd", ctx.now);
  const unnamed: Omit<ConnectionRow, "slug"> = {
    id: newId("con", ctx.now),
    teamId: ctx.teamId,
    name: input.name,
    connector: input.connector,
    url: input.config.url,
    transport: input.config.transport,
    headerNames,
    credentialId,
    credentialVersion: 1,
    needsSecondFactor: false,
    createdAt: ctx.now,
    updatedAt: ctx.now,
    ...("code" in probed ? unreachedColumns(probed) : probedColumns(ctx, probed)),
  };
  if (credentialId !== null) await putSecret(ctx, { id: credentialId, version: 1 }, headers);
  let row: ConnectionRow;
  try {
    row = await insertWithFreeSlug(ctx, unnamed, async (named) =>
      "code" in probed ? [] : snapshot(ctx, named, probed.listing),
    );
  } catch (error) {
    if (credentialId !== null) await deleteSecret(ctx, { id: credentialId, version: 1 });
    if (!("code" in probed)) ctx.waitUntil(probed.close());
    throw error;
  }
  if (!("code" in probed)) adoptSession(sessionKeyOf(row), probed.known, probed.sessionId);
  await bumpEpoch(ctx);
  return toConnection({ ...row, restricted: false });
}

/** Two names can want one slug at the same time: the index decides, and the loser takes the next. */
async function insertWithFreeSlug(
  ctx: Context,
  unnamed: Omit<ConnectionRow, "slug">,
  beside: (row: ConnectionRow) => Promise<BatchItem<"sqlite">[]>,
): Promise<ConnectionRow> {
  for (let tried = 1; ; tried++) {
    const taken = await ctx.db
      .select({ slug: connections.slug })
      .from(connections)
      .where(eq(connections.teamId, ctx.teamId));
    const row = {
      ...unnamed,
      slug: freeSlug(slugOf(unnamed.name), new Set(taken.map(({ slug }) => slug))),
    };
    try {
      const { name, url, headerNames } = row;
      const event = {
        action: "connection.create",
        subjectId: row.id,
        after: { name, url, headerNames },
      };
      await recorded(ctx, event, [ctx.db.insert(connections).values(row), ...(await beside(row))]);
      return row;
    } catch (error) {
      if (isTaken(error, "name")) throw nameTaken(row.name);
      if (!isTaken(error, "slug") || tried === maxSlugsTried) throw error;
    }
  }
}

export function requireAllowedUrl(ctx: Context, url: string): void {
  const verdict = judgeUrl(url, outboundPolicy(ctx.env));
  if (verdict.ok) return;
  throw new HubError("outbound_refused", `config.url: ${verdict.reason}`, {
    details: { field: "config.url" },
  });
}

export function nameTaken(name: string): HubError {
  return new HubError(
    "conflict",
    `A connection named ${JSON.stringify(name)} exists already. Choose another name.`,
    {
      details: { field: "name" },
    },
  );
}

/** `except` is the connection that may keep its own name. */
export async function requireFreeName(ctx: Context, name: string, except = ""): Promise<void> {
  const other = await ctx.db
    .select({ id: connections.id })
    .from(connections)
    .where(
      and(
        eq(connections.teamId, ctx.teamId),
        eq(connections.name, name),
        ne(connections.id, except),
      ),
    )
    .get();
  if (other) throw nameTaken(name);
}

/** Two requests can take the same free name at once: the index decides. */
export const isTaken = (error: unknown, column: "name" | "slug"): boolean =>
  refusedTaken(error, `connections.team_id, connections.${column}`);

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
