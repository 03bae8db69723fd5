import { and, eq, ne } from "drizzle-orm";
import type { Connection, UpdateConnection } from "../../shared/contracts/connections";
import { newId } from "../../shared/ids";
import { auditEntry } from "../audit";
import { deleteSecret, putSecret, type CredentialRef } from "../credentials";
import { requirePermission, type Context } from "../platform/context";
import { isUniqueViolation, nameTaken, requireAllowedUrl } from "./create";
import { probe } from "./probe";
import { readConnection, toConnection } from "./rows";
import { openHeaders } from "./secrets";
import { bumpEpoch, faultOf, probedColumns, type Snapshot } from "./sync";
import { connections, type ConnectionRow } from "./tables";

/**
 * Changes what is named and leaves the rest. A new address, transport or credential is tried first: when the server
 * does not answer there, nothing is changed and the error is thrown. The slug stays, so that tool names do.
 */
export async function updateConnection(
  ctx: Context,
  idOrSlug: string,
  change: UpdateConnection,
  snapshot: Snapshot,
): Promise<Connection> {
  requirePermission(ctx, "connections.write");
  const row = await readConnection(ctx, idOrSlug);
  const { config = {} } = change;
  if (config.url !== undefined) requireAllowedUrl(ctx, config.url);
  if (change.name !== undefined) await requireFreeName(ctx, row, change.name);
  const headers = config.headers === undefined ? await openHeaders(ctx, row) : (config.headers ?? {});
  const url = config.url ?? row.url;
  const transport = config.transport ?? row.transport;
  const disabled = change.disabled ?? row.status === "disabled";
  const enabled = row.status === "disabled" && !disabled;
  const moved = config.url !== undefined || config.transport !== undefined || config.headers !== undefined;
  const probed =
    !disabled && (moved || enabled)
      ? await probe(ctx, { url, transport, headers }).catch((error: unknown) => {
          if (moved) throw error;
          return faultOf(ctx, error);
        })
      : undefined;
  const credential = credentialAfter(ctx, row, config.headers);
  const next: ConnectionRow = {
    ...row,
    name: change.name ?? row.name,
    url,
    transport,
    headerNames: config.headers === undefined ? row.headerNames : Object.keys(headers),
    credentialId: credential?.id ?? null,
    credentialVersion: credential?.version ?? row.credentialVersion,
    updatedAt: ctx.now,
    ...(disabled ? { status: "disabled" as const } : {}),
    ...(probed && "code" in probed ? { status: "error" as const, lastError: probed } : {}),
    ...(probed && !("code" in probed) ? probedColumns(ctx, probed) : {}),
  };
  const replaced = config.headers !== undefined;
  if (replaced && credential) await putSecret(ctx, credential, headers);
  try {
    await ctx.db.batch([
      ctx.db
        .update(connections)
        .set(next)
        .where(and(eq(connections.id, row.id), eq(connections.teamId, ctx.teamId))),
      ...(probed && !("code" in probed) ? await snapshot(ctx, next, probed.listing) : []),
      auditEntry(ctx, "connection.update", row.id, {
        before: shown(row),
        after: shown(next),
        headersReplaced: replaced,
      }),
    ]);
  } catch (error) {
    if (replaced && credential) await deleteSecret(ctx, credential);
    if (isUniqueViolation(error)) throw nameTaken(next.name);
    throw error;
  }
  await bumpEpoch(ctx);
  if (replaced && row.credentialId !== null)
    await deleteSecret(ctx, { id: row.credentialId, version: row.credentialVersion });
  return toConnection(next);
}

/** The old version lies under its own key until the change is made, so a failure in between loses nothing. */
function credentialAfter(
  ctx: Context,
  row: ConnectionRow,
  headers: Record<string, string> | null | undefined,
): CredentialRef | undefined {
  const now = row.credentialId === null ? undefined : { id: row.credentialId, version: row.credentialVersion };
  if (headers === undefined) return now;
  if (headers === null || Object.keys(headers).length === 0) return undefined;
  return { id: now?.id ?? newId("crd", ctx.now), version: row.credentialVersion + 1 };
}

async function requireFreeName(ctx: Context, row: ConnectionRow, name: string): Promise<void> {
  const other = await ctx.db
    .select({ id: connections.id })
    .from(connections)
    .where(and(eq(connections.teamId, ctx.teamId), eq(connections.name, name), ne(connections.id, row.id)))
    .get();
  if (other) throw nameTaken(name);
}

const shown = ({ name, url, transport, status, headerNames }: ConnectionRow) => ({
  name,
  url,
  transport,
  status,
  headerNames,
});
