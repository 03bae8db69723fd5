import { HubError } from "../../platform/errors";
import {
  brokenOff,
  parseIncoming,
  readEvents,
  readText,
  type Incoming,
  type Resumption,
} from "./messages";
import { encodeHeaderValue } from "../../../shared/mcp/param-headers";
import { refusal, SessionGone } from "./refusals";
import type { JsonObject } from "../../../shared/json";
import {
  MODERN_VERSION,
  nameHeaderValue,
  rpcCode,
  type RpcNotification,
  type RpcReply,
} from "../../../shared/mcp/protocol";

/** How to reach a server: the guarded fetch with the connection's secret headers already attached. */
export type Wire = {
  url: string;
  fetch: (url: string, init: WireRequest) => Promise<Response>;
  /** Takes the connection's secrets out of what the server sends, which may echo them. */
  mask: (text: string) => string;
  /** Goes on after the answer has left. */
  background: (work: Promise<unknown>) => void;
};
export type WireRequest = {
  method: "GET" | "POST" | "DELETE";
  headers: Record<string, string>;
  body: string | null;
  signal: AbortSignal;
};

export type RpcRequest = {
  method: string;
  params: JsonObject;
  /** Further headers: mirrored arguments (`Mcp-Param-…`). */
  headers?: readonly [string, string][];
  signal: AbortSignal;
  onNotification?: ((notification: RpcNotification) => void) | undefined;
};

let lastRequest = 0;
/** Unique among the requests this isolate has under way, so that two callers can share one legacy session. */
function nextRequestId(): string {
  lastRequest += 1;
  return `pb-${lastRequest}`;
}

export type HttpSession =
  | { era: "modern" }
  | { era: "legacy"; protocolVersion: string; sessionId: string | null };

/**
 * One request over Streamable HTTP, either era, and its reply. Throws `upstream_*` HubErrors; a JSON-RPC error is a
 * reply, not a throw.
 */
export async function requestOverHttp(
  wire: Wire,
  session: HttpSession,
  request: RpcRequest,
): Promise<RpcReply> {
  const id = nextRequestId();
  try {
    return await exchange({ wire, session, request, id });
  } catch (error) {
    // In 2026-07-28 hanging up is the cancellation; before, the server has to be told.
    if (request.signal.aborted && session.era === "legacy" && request.method !== "initialize")
      wire.background(tellCancelled(wire, session, id));
    throw error;
  }
}

async function tellCancelled(wire: Wire, session: HttpSession, requestId: string): Promise<void> {
  const signal = AbortSignal.timeout(2000);
  await notifyOverHttp(wire, session, {
    method: "notifications/cancelled",
    params: { requestId, reason: "The caller no longer waits." },
    signal,
  }).catch(() => undefined);
}

async function exchange(asked: Asked): Promise<RpcReply> {
  const { wire, session, request, id } = asked;
  const response = await wire.fetch(wire.url, {
    method: "POST",
    headers: postHeaders(session, request),
    body: JSON.stringify({
      jsonrpc: "2.0",
      id,
      method: request.method,
      params: request.params,
    }),
    signal: request.signal,
  });
  const streamed = mediaType(response) === "text/event-stream";
  if (response.ok && streamed && response.body) {
    return readStream(response.body, asked);
  }
  const incoming = await readReply(asked, response);
  if (incoming?.kind === "reply") {
    if (response.ok && !answers(incoming, id))
      throw new HubError(
        "upstream_invalid",
        "The server answered a request that was not asked (wrong JSON-RPC id).",
      );
    if (sessionIsGone(session, response.status, incoming)) throw new SessionGone(response.status);
    if (response.ok || isProtocolError(response.status, incoming)) return incoming.reply;
  }
  if (response.ok)
    throw new HubError(
      "upstream_invalid",
      `The server answered with ${incoming?.kind === "invalid" ? incoming.reason : "something that is not called JSON"}. Check that the URL is that of its MCP endpoint.`,
      { details: { upstreamStatus: response.status, contentType: mediaType(response) } },
    );
  if (sessionIsGone(session, response.status, incoming)) throw new SessionGone(response.status);
  throw await refusal(response);
}

/** An error that a server met before it could read the id has none. */
function answers(incoming: Incoming & { kind: "reply" }, id: string): boolean {
  return incoming.id === id || (incoming.id === null && "error" in incoming.reply);
}

function postHeaders(session: HttpSession, request: RpcRequest): Record<string, string> {
  const headers: Record<string, string> = {
    "content-type": "application/json",
    accept: "application/json, text/event-stream",
  };
  if (session.era === "legacy") {
    if (request.method !== "initialize") headers["mcp-protocol-version"] = session.protocolVersion;
    if (session.sessionId !== null) headers["mcp-session-id"] = session.sessionId;
    return headers;
  }
  headers["mcp-protocol-version"] = MODERN_VERSION;
  headers["mcp-method"] = request.method;
  const name = nameHeaderValue(request.method, request.params);
  if (name !== undefined) headers["mcp-name"] = encodeHeaderValue(name);
  for (const [header, value] of request.headers ?? []) headers[header.toLowerCase()] = value;
  return headers;
}

/** A notification of ours. Servers answer 202; what else they answer changes nothing. */
export async function notifyOverHttp(
  wire: Wire,
  session: HttpSession,
  notification: RpcNotification & { signal: AbortSignal },
): Promise<void> {
  const { method, params, signal } = notification;
  const response = await wire.fetch(wire.url, {
    method: "POST",
    headers: postHeaders(session, { method, params, signal }),
    body: JSON.stringify({ jsonrpc: "2.0", method, params }),
    signal,
  });
  await response.body?.cancel();
}

/** A status that refuses says enough: what cannot be read of such an answer changes nothing. */
async function readReply(
  { wire, request }: Asked,
  response: Response,
): Promise<Incoming | undefined> {
  const mayBeJson = response.ok
    ? mediaType(response) === "application/json"
    : mediaType(response) !== "text/event-stream";
  if (!mayBeJson || response.status === 202) {
    await response.body?.cancel();
    return undefined;
  }
  try {
    const text = await readText(response, request.signal);
    return response.ok || text.trimStart().startsWith("{")
      ? parseIncoming(text, wire.mask)
      : undefined;
  } catch (error) {
    if (response.ok || request.signal.aborted) throw error;
    return undefined;
  }
}

export function mediaType(response: Response): string {
  return (response.headers.get("content-type") ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
}

/** Protocol errors come with status 400 or 404 since 2026-07-28; older servers send some with 4xx too. */
function isProtocolError(status: number, incoming: Incoming & { kind: "reply" }): boolean {
  return (
    "error" in incoming.reply &&
    status >= 400 &&
    status < 500 &&
    status !== 401 &&
    status !== 403 &&
    status !== 429
  );
}

function sessionIsGone(
  session: HttpSession,
  status: number,
  incoming: Incoming | undefined,
): boolean {
  if (session.era !== "legacy" || session.sessionId === null) return false;
  if (status === 404) return true;
  // Some servers answer 400 to a session they do not know.
  return (
    status === 400 &&
    incoming?.kind === "reply" &&
    "error" in incoming.reply &&
    incoming.reply.error.code === -32000 &&
    /session/i.test(incoming.reply.error.message)
  );
}

type Asked = { wire: Wire; session: HttpSession; request: RpcRequest; id: string };

const maxResumes = 100;
const defaultRetryMs = 1000;
const shortestRetryMs = 100;

/** Reads the stream of one request up to its reply, and takes it up again where a 2025-era server lets it. */
async function readStream(body: ReadableStream<Uint8Array>, asked: Asked): Promise<RpcReply> {
  let stream: ReadableStream<Uint8Array> = body;
  const resumption: Resumption = { lastEventId: "", retryMs: undefined };
  for (let resumes = 0; ; resumes++) {
    const { session, wire, request } = asked;
    try {
      for await (const event of readEvents(stream, resumption)) {
        const reply = takeIncoming(parseIncoming(event.data, asked.wire.mask), asked);
        if (reply) return reply;
      }
    } catch (error) {
      if (request.signal.aborted) throw error;
      const broken = error instanceof HubError ? error : brokenOff(error);
      if (broken.code !== "upstream_unreachable" || !mayResume(session, resumption, resumes))
        throw broken;
    }
    if (!mayResume(session, resumption, resumes))
      throw new HubError(
        "upstream_invalid",
        "The server closed its stream before it answered. Whether the call took effect is not known.",
        { details: { brokenOff: true } },
      );
    await waitFor(Math.max(resumption.retryMs ?? defaultRetryMs, shortestRetryMs), request.signal);
    const response = await wire.fetch(wire.url, {
      method: "GET",
      headers: {
        accept: "text/event-stream",
        "last-event-id": resumption.lastEventId,
        "mcp-protocol-version": session.protocolVersion,
        ...(session.sessionId === null ? {} : { "mcp-session-id": session.sessionId }),
      },
      body: null,
      signal: request.signal,
    });
    if (!response.ok || !response.body || mediaType(response) !== "text/event-stream") {
      await response.body?.cancel();
      throw new HubError(
        "upstream_invalid",
        "The server closed its stream before it answered and did not let it be taken up again. Whether the call took effect is not known.",
        { details: { upstreamStatus: response.status, brokenOff: true } },
      );
    }
    stream = response.body;
  }
}

function mayResume(
  session: HttpSession,
  { lastEventId }: Resumption,
  resumes: number,
): session is HttpSession & { era: "legacy" } {
  return session.era === "legacy" && lastEventId !== "" && resumes < maxResumes;
}

async function waitFor(ms: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  await new Promise<void>((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", stop);
      resolve();
    }, ms);
    signal.addEventListener("abort", stop, { once: true });
  });
}

/** The reply when this is it; else a notification is handed on, and a question is answered: this caller takes none. */
function takeIncoming(incoming: Incoming, asked: Asked): RpcReply | undefined {
  if (incoming.kind === "invalid")
    throw new HubError("upstream_invalid", `The server sent ${incoming.reason} on its stream.`);
  if (incoming.kind === "notification")
    asked.request.onNotification?.({ method: incoming.method, params: incoming.params });
  if (incoming.kind === "request" && asked.session.era === "legacy")
    void answerQuestion(incoming, asked);
  return incoming.kind === "reply" && answers(incoming, asked.id) ? incoming.reply : undefined;
}

async function answerQuestion(
  question: Incoming & { kind: "request" },
  asked: Asked,
): Promise<void> {
  const answer =
    question.method === "ping"
      ? { result: {} }
      : {
          error: { code: rpcCode.methodNotFound, message: "This caller can answer no questions." },
        };
  try {
    const response = await asked.wire.fetch(asked.wire.url, {
      method: "POST",
      headers: postHeaders(asked.session, { ...asked.request, headers: [] }),
      body: JSON.stringify({ jsonrpc: "2.0", id: question.id, ...answer }),
      signal: asked.request.signal,
    });
    await response.body?.cancel();
  } catch {
    // The server then waits for an answer in vain, and our own time limit ends the call.
  }
}
