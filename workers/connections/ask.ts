import {
  listenTo,
  requestServer,
  type JsonObject,
  type RpcId,
  type RpcNotification,
  type RpcReply,
  type ServerRequest,
} from "../connectors";
import type { CredentialRef } from "../credentials";
import type { Context } from "../platform/context";
import { wireTo } from "./probe";
import { knownServer } from "./rows";
import { openForWork, openHeaders } from "./secrets";
import type { ConnectionRow } from "./tables";

/** The session calls through a connection share: another address or credential is another session. */
export function sessionKeyOf(row: ConnectionRow): string {
  return `${row.teamId}/${row.id}/${row.credentialId}/${row.credentialVersion}/${row.url}`;
}

/** Told when the connection's credential has been opened for a request. */
type OnOpened = (credential: CredentialRef) => void;

/** One request to a connection's server, with its credential. Throws `upstream_*` HubErrors. */
export async function askConnection(
  ctx: Context,
  row: ConnectionRow,
  request: Omit<ServerRequest, "sessionKey"> & { onOpened?: OnOpened },
): Promise<RpcReply> {
  const known = knownServer(row);
  const headers = await openHeaders(ctx, row);
  if (row.credentialId !== null)
    request.onOpened?.({ id: row.credentialId, version: row.credentialVersion });
  const wire = wireTo(ctx, { url: row.url, headers });
  return requestServer(wire, known, { ...request, sessionKey: sessionKeyOf(row) });
}

/** The changes a 2026-07-28 server tells of, until it or the signal ends the stream. */
export async function* listenToConnection(
  ctx: Context,
  row: ConnectionRow,
  asked: { id: RpcId; params: JsonObject; signal: AbortSignal },
): AsyncGenerator<RpcNotification> {
  knownServer(row);
  const wire = wireTo(ctx, { url: row.url, headers: await openForWork(ctx, row, "listen") });
  yield* listenTo(wire, asked);
}
