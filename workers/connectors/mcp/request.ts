import { Lru } from "../../platform/lru";
import { legacyMeta, modernMeta } from "./caller";
import { initializeParams, openLegacySession, type KnownServer } from "./discover";
import { requestOverHttp, type HttpSession, type RpcRequest, type Wire } from "./http";
import { SessionGone } from "./refusals";
import { isObject, type JsonObject } from "../../../shared/json";
import type { RpcReply } from "../../../shared/mcp/protocol";
import { openSse } from "./sse";

/** The legacy sessions this isolate has open, by connection and credential. Any of them can be opened anew. */
const sessions = new Lru<HttpSession & { era: "legacy" }>(1000);

export type ServerRequest = RpcRequest & {
  /** Which session may be shared: the connection and the version of its credential and address. */
  sessionKey: string;
};

/** One request to a known server in its own era, over its own transport. Throws `upstream_*` HubErrors. */
export async function requestServer(
  wire: Wire,
  known: KnownServer,
  request: ServerRequest,
): Promise<RpcReply> {
  if (known.era === "modern")
    return requestOverHttp(
      wire,
      { era: "modern" },
      { ...request, params: modernMeta(request.params) },
    );
  const legacy = withOwnProgressToken({ ...request, params: legacyMeta(request.params) });
  if (known.transport === "sse") return requestOverSse(wire, legacy);
  const session = await sessionOf(wire, known, legacy);
  try {
    return await requestOverHttp(wire, session, legacy);
  } catch (error) {
    if (!(error instanceof SessionGone)) throw error;
    sessions.delete(request.sessionKey);
    return requestOverHttp(wire, await sessionOf(wire, known, legacy), legacy);
  }
}

async function sessionOf(
  wire: Wire,
  known: KnownServer,
  request: ServerRequest,
): Promise<HttpSession> {
  if (!known.keepsSessions)
    return { era: "legacy", protocolVersion: known.protocolVersion, sessionId: null };
  const open = sessions.get(request.sessionKey);
  if (open) return open;
  const { session } = await openLegacySession(wire, request.signal);
  sessions.set(request.sessionKey, session);
  return session;
}

/** A session opened while the server was discovered goes on to serve calls. */
export function adoptSession(
  sessionKey: string,
  known: KnownServer,
  sessionId: string | null,
): void {
  if (known.transport !== "http" || sessionId === null) return;
  sessions.set(sessionKey, { era: "legacy", protocolVersion: known.protocolVersion, sessionId });
}

async function requestOverSse(wire: Wire, request: ServerRequest): Promise<RpcReply> {
  const session = await openSse(wire, initializeParams, request.signal);
  try {
    return await session.request(request);
  } finally {
    await session.close();
  }
}

let lastToken = 0;

/** Callers choose their progress tokens alone, and several share one session: each gets a token of ours there. */
function withOwnProgressToken(request: ServerRequest): ServerRequest {
  const meta = request.params["_meta"];
  if (!isObject(meta) || meta["progressToken"] === undefined) return request;
  const theirs = meta["progressToken"];
  lastToken += 1;
  const ours = `pb-${lastToken}`;
  return {
    ...request,
    params: { ...request.params, _meta: { ...meta, progressToken: ours } } satisfies JsonObject,
    onNotification: (notification) => {
      const token = notification.params["progressToken"];
      if (notification.method === "notifications/progress" && token !== ours) return;
      request.onNotification?.(
        token === ours
          ? { ...notification, params: { ...notification.params, progressToken: theirs } }
          : notification,
      );
    },
  };
}
