import { EventSourceParserStream } from "eventsource-parser/stream";
import type { CallEvent } from "../../../../shared/contracts/calls";
import { isObject, type JsonObject } from "../../../../shared/json";
import { ownNumber, ownObject, ownText } from "../schema/json";

/** What a streamed call says, one after the other. What is not known is passed over. */
export async function* callEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<CallEvent> {
  const messages = body
    .pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>)
    .pipeThrough(new EventSourceParserStream());
  const reader = messages.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const event = readEvent(value.event ?? "", value.data);
      if (event) yield event;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

const says: Record<CallEvent["event"], (data: JsonObject) => boolean> = {
  started: (data) => ownText(data, "executionId") !== undefined,
  progress: (data) => ownNumber(data, "progress") !== undefined,
  log: (data) => ownText(data, "level") !== undefined,
  result: (data) => ownObject(data, "execution") !== undefined && isObject(data["result"]),
  error: (data) => ownText(ownObject(data, "error") ?? {}, "code") !== undefined,
};

function readEvent(event: string, text: string): CallEvent | undefined {
  if (!Object.hasOwn(says, event)) return undefined;
  try {
    const data: unknown = JSON.parse(text);
    return isObject(data) && says[event as CallEvent["event"]](data)
      ? ({ event, data } as CallEvent)
      : undefined;
  } catch {
    return undefined;
  }
}
