import { HubError } from "../../platform/errors";
import { mediaType, type RpcRequest, type Wire } from "./http";
import { refusal } from "./refusals";
import { brokenOff, parseIncoming, readEvents } from "./messages";
import { isObject, type JsonObject } from "../../../shared/json";
import { rpcCode, type RpcReply } from "../../../shared/mcp/protocol";

/** The HTTP+SSE transport of 2024-11-05: replies come on a stream, requests go to the endpoint it names. */
export type SseSession = {
  opened: JsonObject;
  request: (request: Omit<RpcRequest, "signal" | "headers">) => Promise<RpcReply>;
  close: () => Promise<void>;
};

/** Opens the stream and the session on it. Close it when done: it holds a connection to the server. */
export async function openSse(
  wire: Wire,
  initialize: JsonObject,
  signal: AbortSignal,
): Promise<SseSession> {
  const response = await wire.fetch(wire.url, {
    method: "GET",
    headers: { accept: "text/event-stream" },
    body: null,
    signal,
  });
  if (!response.ok || !response.body || mediaType(response) !== "text/event-stream") {
    await response.body?.cancel();
    if (!response.ok) throw await refusal(response);
    throw new HubError(
      "upstream_invalid",
      "The server offers no MCP endpoint at this URL, neither over Streamable HTTP nor over SSE. Check the URL.",
      {
        details: { upstreamStatus: response.status },
      },
    );
  }
  const events = readEvents(response.body);
  let endpoint = "";
  let lastId = 0;

  async function nextEvent() {
    try {
      return await events.next();
    } catch (error) {
      if (signal.aborted || error instanceof HubError) throw error;
      throw brokenOff(error);
    }
  }

  async function post(message: JsonObject): Promise<void> {
    const answer = await wire.fetch(endpoint, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ jsonrpc: "2.0", ...message }),
      signal,
    });
    await answer.body?.cancel();
    if (!answer.ok) throw await refusal(answer);
  }

  async function request(asked: Omit<RpcRequest, "signal" | "headers">): Promise<RpcReply> {
    lastId += 1;
    const id = lastId;
    await post({ id, method: asked.method, params: asked.params });
    for (;;) {
      const { done, value: event } = await nextEvent();
      if (done)
        throw new HubError(
          "upstream_invalid",
          "The server closed its stream before it answered. Whether the call took effect is not known.",
          { details: { brokenOff: true } },
        );
      if (event.event !== undefined && event.event !== "message") continue;
      const incoming = parseIncoming(event.data, wire.mask);
      if (incoming.kind === "invalid")
        throw new HubError("upstream_invalid", `The server sent ${incoming.reason} on its stream.`);
      if (incoming.kind === "reply" && incoming.id === id) return incoming.reply;
      if (incoming.kind === "notification") asked.onNotification?.(incoming);
      if (incoming.kind === "request")
        await post(
          incoming.method === "ping"
            ? { id: incoming.id, result: {} }
            : {
                id: incoming.id,
                error: {
                  code: rpcCode.methodNotFound,
                  message: "This caller can answer no questions.",
                },
              },
        );
    }
  }

  const close = async () => {
    await events.return(undefined);
  };
  try {
    const { value: first } = await nextEvent();
    if (first?.event !== "endpoint")
      throw new HubError(
        "upstream_invalid",
        "The server opened a stream but named no endpoint on it. Check the URL.",
      );
    endpoint = endpointOnSameOrigin(first.data, wire.url);
    const reply = await request({ method: "initialize", params: initialize });
    if ("error" in reply)
      throw new HubError("upstream_error", "The server refused to open a session.", {
        details: { upstreamCode: reply.error.code },
      });
    if (!isObject(reply.result))
      throw new HubError(
        "upstream_invalid",
        "The server opened a session without saying what it is.",
      );
    await post({ method: "notifications/initialized", params: {} });
    return { opened: reply.result, request, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** A server may not send our headers elsewhere: the endpoint must be on the origin of the stream. */
function endpointOnSameOrigin(data: string, base: string): string {
  const url = URL.canParse(data, base) ? new URL(data, base) : undefined;
  if (url === undefined || url.origin !== new URL(base).origin)
    throw new HubError(
      "upstream_invalid",
      "The server named an endpoint on another host than its own. The hub does not follow it.",
    );
  return url.toString();
}
