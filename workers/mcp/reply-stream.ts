import type { RpcNotification } from "../connectors";
import { EventStream } from "../platform/event-stream";

/**
 * After this long without an answer a call becomes a stream, which has keep-alives: what stands between takes a long
 * silence for a dead connection.
 */
export const openAfterMs = 1000;
const keepAliveMs = 5000;

/**
 * The messages of one request. Nothing is sent until it is opened, by the first message or otherwise: a call that has
 * none answers in plain JSON.
 */
export class ReplyStream extends EventStream {
  /** Resolves when there is something to stream. */
  readonly opened: Promise<void>;
  open: () => void = () => undefined;

  constructor() {
    super(keepAliveMs);
    this.opened = new Promise((resolve) => (this.open = resolve));
  }

  send(message: RpcNotification | string): void {
    this.say("message", typeof message === "string" ? message : notificationText(message));
    this.open();
  }
}

/** What a caller passes on may carry more than its type says, and strict clients refuse a message with a key too many. */
function notificationText({ method, params }: RpcNotification): string {
  return JSON.stringify({ jsonrpc: "2.0", method, params });
}
