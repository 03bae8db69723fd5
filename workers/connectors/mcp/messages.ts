import { createParser, type EventSourceMessage } from "eventsource-parser";
import { HubError } from "../../platform/errors";
import { isDeeperThan, maxJsonDepth } from "../../platform/json-depth";
import { isObject, type JsonObject } from "../../../shared/json";
import type { RpcId, RpcReply } from "../../../shared/mcp/protocol";

/** What a server sent: the reply we wait for, a notification, a request of its own, or none of these. */
export type Incoming =
  | { kind: "reply"; id: RpcId | null; reply: RpcReply }
  | { kind: "notification"; method: string; params: JsonObject }
  | { kind: "request"; id: RpcId; method: string }
  | { kind: "invalid"; reason: string };

export function parseIncoming(text: string, mask: (text: string) => string): Incoming {
  if (isDeeperThan(text, maxJsonDepth))
    return { kind: "invalid", reason: `a body nested deeper than ${maxJsonDepth} levels` };
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch {
    return { kind: "invalid", reason: "a body that is not JSON" };
  }
  // Written with escapes, a secret would slip past the mask: such a text is looked at as it would be written anew.
  const plain = /\\[u/]/.test(text) ? JSON.stringify(message) : text;
  return classify(mask(plain) === plain ? message : masked(message, mask));
}

/** The same value with every string and key masked: a mask laid over the text could tear a number or an escape apart. */
function masked(value: unknown, mask: (text: string) => string): unknown {
  if (typeof value === "string") return mask(value);
  if (typeof value === "number") {
    const shown = mask(String(value));
    return shown === String(value) ? value : shown;
  }
  if (Array.isArray(value)) return value.map((item) => masked(item, mask));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [mask(key), masked(child, mask)]),
  );
}

function classify(message: unknown): Incoming {
  if (!isObject(message) || message["jsonrpc"] !== "2.0")
    return { kind: "invalid", reason: "a body that is not a JSON-RPC 2.0 message" };
  const { id, method, params, result, error } = message;
  const knownId = typeof id === "string" || typeof id === "number" ? id : null;
  if (typeof method === "string") {
    if (knownId !== null) return { kind: "request", id: knownId, method };
    return { kind: "notification", method, params: isObject(params) ? params : {} };
  }
  if (error !== undefined && result !== undefined)
    return { kind: "invalid", reason: "a message with both a result and an error" };
  if (isObject(error)) {
    if (typeof error["code"] !== "number" || typeof error["message"] !== "string")
      return { kind: "invalid", reason: "an error without code and message" };
    const { code, message: sentence, data } = error;
    const known = { code, message: sentence };
    return {
      kind: "reply",
      id: knownId,
      reply: { error: data === undefined ? known : { ...known, data } },
    };
  }
  if (isObject(result)) return { kind: "reply", id: knownId, reply: { result } };
  return { kind: "invalid", reason: "a message with neither result nor error" };
}

/** What an event stream says about taking it up again once it has ended. */
export type Resumption = { lastEventId: string; retryMs: number | undefined };

/** The events of a stream, one by one, as they arrive; those without data only move `resumption` on. */
export async function* readEvents(
  body: ReadableStream<Uint8Array>,
  resumption?: Resumption,
): AsyncGenerator<EventSourceMessage> {
  const ready: EventSourceMessage[] = [];
  const parser = createParser({
    onEvent: (event) => {
      if (event.data !== "") ready.push(event);
    },
    onId: (id) => {
      if (resumption) resumption.lastEventId = id;
    },
    onRetry: (ms) => {
      if (resumption) resumption.retryMs = ms;
    },
  });
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      parser.feed(value);
      yield* ready.splice(0);
    }
  } finally {
    // Leaving early hangs up on the server; a stream that already failed has nothing left to cancel.
    await reader.cancel().catch(() => undefined);
  }
}

const strictUtf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false });

/**
 * Reads a whole body as text. What is not UTF-8 is refused, so that nothing is silently altered. A body of a known
 * length comes straight from the runtime, whose own errors are made HubErrors here.
 */
export async function readText(response: Response, signal: AbortSignal): Promise<string> {
  const bytes = await response.arrayBuffer().catch((cause: unknown) => {
    if (signal.aborted || cause instanceof HubError) throw cause;
    throw brokenOff(cause);
  });
  try {
    return strictUtf8.decode(bytes);
  } catch (cause) {
    throw new HubError("upstream_invalid", "The server answered with text that is not UTF-8.", {
      cause,
    });
  }
}

export function brokenOff(cause: unknown): HubError {
  return new HubError(
    "upstream_unreachable",
    "The server broke off in the middle of its answer. Whether the call took effect is not known.",
    { cause },
  );
}
