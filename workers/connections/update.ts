import { and, eq } from "drizzle-orm";
import type { Connection, UpdateConnection } from "../../shared/contracts/connections";
import { newId } from "../../shared/ids";
import { recorded } from "../audit";
import { deleteSecret, putSecret, type CredentialRef } from "../credentials";
import { bumpEpoch } from "../limits";
import { requirePermission, type Context } from "../platform/context";
import { adoptSession } from "../connectors";
import { sessionKeyOf } from "./ask";
import { isTaken, nameTaken, requireAllowedUrl, requireFreeName } from "./create";
import { probe } from "./probe";
import { noConnection, readConnection, toConnection } from "./rows";
import { openForWork } from "./secrets";
import { faultOf, probedColumns, unlessDisabled, type Snapshot } from "./sync";
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
  if (change.name !== undefined) await requireFreeName(ctx, change.name, row.id);
  const { url = row.url, transport = row.transport } = config;
  const disabled = change.disabled ?? row.status === "disabled";
  const enabled = row.status === "disabled" && !disabled;
  const moved =
    config.url !== undefined || config.transport !== undefined || config.headers !== undefined;
  const tried = !disabled && (moved || enabled);
  const headers =
    config.headers ??
    (config.headers === undefined && tried ? await openForWork(ctx, row, "update") : {});
  const probed = tried
    ? await probe(ctx, { url, transport, headers }).catch((error: unknown) => {
        if (moved) throw error;
        return faultOf(ctx, error);
      })
    : undefined;
  const reached = probed && !("code" in probed) ? probed : undefined;
  const fault = probed && "code" in probed ? probed : undefined;
  const replaced = config.headers !== undefined;
  const credential =
    replaced && Object.keys(headers).length > 0 ? nextCredential(ctx, row) : undefined;
  // Nothing else is written: what somebody changed in the meantime stays.
  const columns: Partial<ConnectionRow> = {
    ...(change.name === undefined ? {} : { name: change.name }),
    ...(config.url === undefined ? {} : { url }),
    ...(config.transport === undefined ? {} : { transport }),
    ...(replaced
      ? { headerNames: Object.keys(headers), credentialId: credential?.id ?? null }
      : {}),
    ...(credential ? { credentialVersion: credential.version } : {}),
    ...(reached ? probedColumns(ctx, reached) : {}),
    ...(fault ? { status: "error", lastError: fault } : {}),
    ...(change.disabled === true ? { status: "disabled" } : {}),
    updatedAt: ctx.now,
  };
  if (credential) await putSecret(ctx, credential, headers);
  let next: ConnectionRow | undefined;
  try {
    const event = {
      action: "connection.update",
      subjectId: row.id,
      details: { headersReplaced: replaced },
      before: shown(row),
      after: shown({ ...row, ...columns }),
    };
    const [[updated]] = await recorded(ctx, event, [
      ctx.db
        .update(connections)
        .set(reached && !enabled ? { ...columns, status: unlessDisabled("connected") } : columns)
        .where(and(eq(connections.id, row.id), eq(connections.teamId, ctx.teamId)))
        .returning(),
      ...(reached ? await snapshot(ctx, row, reached.listing) : []),
    ]);
    next = updated;
  } catch (error) {
    if (credential) await deleteSecret(ctx, credential);
    if (reached) ctx.waitUntil(reached.close());
    if (isTaken(error, "name")) throw nameTaken(change.name ?? row.name);
    throw error;
  }
  await bumpEpoch(ctx);
  if (!next && credential) await deleteSecret(ctx, credential);
  if (!next) throw noConnection(idOrSlug);
  if (replaced && row.credentialId !== null)
    await deleteSecret(ctx, { id: row.credentialId, version: row.credentialVersion });
  if (reached) adoptSession(sessionKeyOf(next), reached.known, reached.sessionId);
  return toConnection({ ...next, restricted: row.restricted });
}

/**
 * The old secret lies under its own key until the change is made, so a failure in between loses nothing. The new one
 * has an id of its own: of two that are replaced at once, neither writes over the other.
 */
function nextCredential(ctx: Context, row: ConnectionRow): CredentialRef {
  return { id: newId("crd", ctx.now), version: row.credentialVersion + 1 };
}

const shown = ({ name, url, transport, status, headerNames }: ConnectionRow) => ({
  name,
  url,
  transport,
  status,
  headerNames,
});
