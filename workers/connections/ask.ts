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
import { credentialFor } from "./credential";
import { wireTo } from "./probe";
import { knownServer } from "./rows";
import { openForWork } from "./secrets";
import { wantingMore } from "./step-up";
import type { ConnectionRow } from "./tables";

/**
 * The session calls through a connection share: another address or credential is another session. A token that is
 * renewed stands for the same caller as the one before.
 */
export function sessionKeyOf(row: ConnectionRow): string {
  const version = row.refreshes ? "renewed" : row.credentialVersion;
  return `${row.teamId}/${row.id}/${row.credentialId}/${version}/${row.url}`;
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
  const { presented, ref, renew } = await credentialFor(ctx, row);
  if (ref) request.onOpened?.(ref);
  const wire = wireTo(ctx, {
    url: row.url,
    presented,
    renew:
      renew &&
      (async () => {
        const next = await renew();
        if (next?.ref) request.onOpened?.(next.ref);
        return next;
      }),
  });
  const asked = { ...request, sessionKey: sessionKeyOf(row) };
  return requestServer(wire, known, asked).catch(async (error: unknown) => {
    throw await wantingMore(ctx, row, error);
  });
}

/** The changes a 2026-07-28 server tells of, until it or the signal ends the stream. */
export async function* listenToConnection(
  ctx: Context,
  row: ConnectionRow,
  asked: { id: RpcId; params: JsonObject; signal: AbortSignal },
): AsyncGenerator<RpcNotification> {
  knownServer(row);
  const wire = wireTo(ctx, { url: row.url, ...(await openForWork(ctx, row, "listen")) });
  yield* listenTo(wire, asked);
}
