import { eq } from "drizzle-orm";
import type { ConnectionExport, ConnectionImport } from "../../shared/contracts/connections";
import { newId } from "../../shared/ids";
import { recorded } from "../audit";
import { checkParams } from "../connectors";
import { bumpEpoch } from "../limits";
import { requirePermission, type Context } from "../platform/context";
import { HubError } from "../platform/errors";
import { requireAllowedUrl, vendorAddress } from "./address";
import { readConfig, requireConnector, requireMethod } from "./read-input";
import { isTaken } from "./names";
import { freeSlug, reservedSlugs, slugOf } from "./slug";
import { connections, type ConnectionRow } from "./tables";

type Imported = ConnectionExport["connections"][number];

const maxTries = 5;

/**
 * Sets up connections of an export, for the team: each is `pending` until somebody signs in. What cannot be set up, or
 * has a name that is taken, is skipped with the reason; the others are written in one batch.
 */
export async function importConnections(
  ctx: Context,
  input: ConnectionExport,
): Promise<ConnectionImport> {
  requirePermission(ctx, "connections.write");
  for (let tries = 1; ; tries++) {
    const { rows, skipped } = await planImport(ctx, input.connections);
    const created = rows.map(({ id, name }) => ({ id, name }));
    if (rows.length === 0) return { created, skipped };
    const event = {
      action: "connection.import",
      subjectId: ctx.teamId,
      details: { created, skipped: skipped.length },
    };
    try {
      await recorded(
        ctx,
        event,
        rows.map((row) => ctx.db.insert(connections).values(row)),
      );
    } catch (error) {
      // Somebody took a name in between: what is free now decides.
      if (tries < maxTries && (isTaken(error, "name") || isTaken(error, "slug"))) continue;
      throw error;
    }
    await bumpEpoch(ctx);
    return { created, skipped };
  }
}

async function planImport(ctx: Context, imported: readonly Imported[]) {
  const taken = await ctx.db
    .select({ name: connections.name, slug: connections.slug })
    .from(connections)
    .where(eq(connections.teamId, ctx.teamId));
  const names = new Set(taken.map(({ name }) => name));
  const slugs = new Set([...reservedSlugs, ...taken.map(({ slug }) => slug)]);
  const rows: ConnectionRow[] = [];
  const skipped: ConnectionImport["skipped"] = [];
  for (const one of imported) {
    const { name } = one;
    try {
      if (names.has(name))
        throw new HubError(
          "conflict",
          "There is a connection of this name. Rename one of the two.",
        );
      const slug = freeSlug(slugOf(name), slugs);
      // Lists go by id: a millisecond each keeps the order of the file.
      const id = newId("con", ctx.now + rows.length);
      rows.push({ id, slug, ...pendingRow(ctx, one) });
      names.add(name);
      slugs.add(slug);
    } catch (error) {
      if (!(error instanceof HubError)) throw error;
      skipped.push({ name, reason: error.message });
    }
  }
  return { rows, skipped };
}

/** Throws a `HubError` that says why it cannot be set up. */
function pendingRow(ctx: Context, one: Imported): Omit<ConnectionRow, "id" | "slug"> {
  const { manifest, method } = requireMethod(requireConnector(one.connector), one.method);
  const config = readConfig(manifest, one.config ?? undefined);
  if (config) requireAllowedUrl(ctx, config.url);
  const params = checkParams(manifest, one.params, "params");
  const record = Object.fromEntries(method.fields.map(({ name }) => [name, ""]));
  const { url, transport } = config ?? vendorAddress(ctx, { manifest, method, params, record });
  return {
    teamId: ctx.teamId,
    name: one.name,
    connector: manifest.id,
    status: "pending",
    ownerId: null,
    authMethod: method.id,
    params,
    scopes: [],
    // Asked for again by whoever signs in.
    missingScopes: one.scopes,
    authState: null,
    account: null,
    refreshes: false,
    expiresAt: null,
    errorCount: 0,
    consentedAt: null,
    createdBy: ctx.actor.personId,
    createdAddress: ctx.address,
    createdUserAgent: ctx.userAgent?.slice(0, 300) ?? null,
    rotateEveryDays: one.rotateEveryDays,
    rotatedAt: null,
    url,
    transport,
    headerNames: [],
    credentialId: null,
    credentialVersion: 1,
    server: null,
    capabilities: {},
    counts: { tools: 0, resources: 0, prompts: 0 },
    warnings: [],
    needsSecondFactor: false,
    responseTimeMs: null,
    lastError: null,
    lastSyncedAt: null,
    createdAt: ctx.now,
    updatedAt: ctx.now,
  };
}
