import { HubError } from "../../platform/errors";
import { modernMeta } from "./caller";
import { mediaType, type Wire } from "./http";
import { parseIncoming, readEvents } from "./messages";
import type { JsonObject } from "../../../shared/json";
import { MODERN_VERSION, type RpcId, type RpcNotification } from "../../../shared/mcp/protocol";

/** The notifications of a 2026-07-28 server's `subscriptions/listen`, until it or the signal ends the stream. */
export async function* listenTo(
  wire: Wire,
  asked: { id: RpcId; params: JsonObject; signal: AbortSignal },
): AsyncGenerator<RpcNotification> {
  const response = await wire.fetch(wire.url, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      accept: "application/json, text/event-stream",
      "mcp-protocol-version": MODERN_VERSION,
      "mcp-method": "subscriptions/listen",
    },
    // The caller's id is the server's too: notifications repeat it as their subscription's id.
    body: JSON.stringify({
      jsonrpc: "2.0",
      id: asked.id,
      method: "subscriptions/listen",
      params: modernMeta(asked.params),
    }),
    signal: asked.signal,
  });
  if (!response.ok || !response.body || mediaType(response) !== "text/event-stream") {
    await response.body?.cancel();
    throw new HubError("upstream_error", "The server tells of no changes.", {
      details: { upstreamStatus: response.status },
    });
  }
  for await (const event of readEvents(response.body)) {
    const incoming = parseIncoming(event.data, wire.mask);
    if (incoming.kind === "notification")
      yield { method: incoming.method, params: incoming.params };
    if (incoming.kind === "reply") return;
  }
}
