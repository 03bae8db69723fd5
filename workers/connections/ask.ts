import {
  listenTo,
  requestServer,
  type JsonObject,
  type RpcId,
  type RpcNotification,
  type RpcReply,
  type ServerRequest,
} from "../connectors";
import type { Context } from "../platform/context";
import { wireTo } from "./probe";
import { knownServer } from "./rows";
import { openHeaders } from "./secrets";
import type { ConnectionRow } from "./tables";

/** The session calls through a connection share: another address or credential is another session. */
export function sessionKeyOf(row: ConnectionRow): string {
  return `${row.teamId}/${row.id}/${row.credentialId}/${row.credentialVersion}/${row.url}`;
}

/** One request to a connection's server, with its credential. Throws `upstream_*` HubErrors. */
export async function askConnection(
  ctx: Context,
  row: ConnectionRow,
  request: Omit<ServerRequest, "sessionKey">,
): Promise<RpcReply> {
  const known = knownServer(row);
  const wire = wireTo(ctx, { url: row.url, headers: await openHeaders(ctx, row) });
  return requestServer(wire, known, { ...request, sessionKey: sessionKeyOf(row) });
}

/** The changes a 2026-07-28 server tells of, until it or the signal ends the stream. */
export async function* listenToConnection(
  ctx: Context,
  row: ConnectionRow,
  asked: { id: RpcId; params: JsonObject; signal: AbortSignal },
): AsyncGenerator<RpcNotification> {
  knownServer(row);
  const wire = wireTo(ctx, { url: row.url, headers: await openHeaders(ctx, row) });
  yield* listenTo(wire, asked);
}
