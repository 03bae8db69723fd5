import { createParser, type EventSourceMessage } from "eventsource-parser";
import { HubError } from "../../platform/errors";
import { isObject, type JsonObject, type RpcId, type RpcReply } from "./protocol";

/** What a server sent: the reply we wait for, a notification, a request of its own, or none of these. */
export type Incoming =
  | { kind: "reply"; id: RpcId | null; reply: RpcReply }
  | { kind: "notification"; method: string; params: JsonObject }
  | { kind: "request"; id: RpcId; method: string }
  | { kind: "invalid"; reason: string };

const maxDepth = 500;

/** Whether a JSON text nests deeper than `limit`: what walks such a value later would run out of stack. */
export function isDeeperThan(text: string, limit: number): boolean {
  if (text.length < 2 * limit) return false;
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const char = text.charCodeAt(i);
    if (char === 0x22) i = endOfString(text, i);
    else if (char === 0x5b || char === 0x7b) {
      depth += 1;
      if (depth > limit) return true;
    } else if (char === 0x5d || char === 0x7d) depth -= 1;
  }
  return false;
}

function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let slashes = 0;
    while (text.charCodeAt(end - 1 - slashes) === 0x5c) slashes += 1;
    if (slashes % 2 === 0) return end;
  }
  return text.length;
}

export function parseIncoming(text: string, mask: (text: string) => string): Incoming {
  if (isDeeperThan(text, maxDepth))
    return { kind: "invalid", reason: `a body nested deeper than ${maxDepth} levels` };
  let message: unknown;
  try {
    // Written with escapes, a secret would slip past the mask: such a text is written anew first.
    const plain = text.includes("\\u") ? JSON.stringify(JSON.parse(text)) : text;
    message = JSON.parse(mask(plain));
  } catch {
    return { kind: "invalid", reason: "a body that is not JSON" };
  }
  return classify(message);
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
    const known = { code: code as number, message: sentence as string };
    return { kind: "reply", id: knownId, reply: { error: data === undefined ? known : { ...known, data } } };
  }
  if (isObject(result)) return { kind: "reply", id: knownId, reply: { result } };
  return { kind: "invalid", reason: "a message with neither result nor error" };
}

/** The events of a stream, one by one, as they arrive. */
export async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<EventSourceMessage> {
  const ready: EventSourceMessage[] = [];
  const parser = createParser({ onEvent: (event) => ready.push(event) });
  const reader = body.pipeThrough(new TextDecoderStream() as unknown as ReadableWritablePair<string, Uint8Array>).getReader();
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

/** Reads a whole body as text. What is not UTF-8 is refused, so that nothing is silently altered. */
export async function readText(response: Response): Promise<string> {
  const bytes = await response.arrayBuffer();
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch (cause) {
    throw new HubError("upstream_invalid", "The server answered with text that is not UTF-8.", { cause });
  }
}
