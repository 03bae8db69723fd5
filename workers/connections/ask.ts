import {
  isObject,
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
import { ended, within, type Span } from "../platform/telemetry";
import { credentialFor } from "./credential";
import { wireTo, type Target } from "./probe";
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

type Request = Omit<ServerRequest, "sessionKey"> &
  Pick<Target, "onAnswer" | "mostBytes"> & {
    onOpened?: OnOpened;
    /** Whom it is waited for from here on: the server, or whoever gives out its credential. */
    onAsking?: (whom: "server" | "credential") => void;
  };

/** One request to a connection's server, with its credential. Throws `upstream_*` HubErrors. */
export function askConnection(
  ctx: Context,
  row: ConnectionRow,
  request: Request,
): Promise<RpcReply> {
  const span = ctx.span?.begin(`upstream ${request.method}`, "client");
  if (span === undefined) return ask(ctx, row, request);
  span.set({
    "rpc.system": "mcp",
    "rpc.method": request.method,
    "server.address": new URL(row.url).hostname,
    "plugboard.connection": row.slug,
  });
  return ended(span, async () => {
    const isModern = knownServer(row).era === "modern";
    return ask(within(ctx, span), row, isModern ? inTrace(span, request) : request);
  });
}

/** The trace as a 2026-07-28 server looks for it, in the place of whatever the caller itself said of one. */
function inTrace({ traceparent, tracestate }: Span, request: Request): Request {
  const meta = isObject(request.params["_meta"]) ? request.params["_meta"] : {};
  const { tracestate: _theirs, ...rest } = meta;
  const state = tracestate === undefined ? {} : { tracestate };
  return { ...request, params: { ...request.params, _meta: { ...rest, traceparent, ...state } } };
}

async function ask(ctx: Context, row: ConnectionRow, request: Request): Promise<RpcReply> {
  const known = knownServer(row);
  request.onAsking?.("credential");
  const { presented, ref, renew } = await credentialFor(ctx, row);
  if (ref) request.onOpened?.(ref);
  request.onAsking?.("server");
  const wire = wireTo(ctx, {
    url: row.url,
    presented,
    onAnswer: request.onAnswer,
    mostBytes: request.mostBytes,
    renew:
      renew &&
      (async () => {
        request.onAsking?.("credential");
        const next = await renew();
        if (next?.ref) request.onOpened?.(next.ref);
        request.onAsking?.("server");
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
