import type { RpcNotification } from "../connectors";

/**
 * After this long without an answer a call becomes a stream, which has keep-alives: what stands between takes a long
 * silence for a dead connection, and workerd on its own notices that a client is gone only when it writes to it.
 */
export const openAfterMs = 1000;
const keepAliveMs = 5000;
const encoder = new TextEncoder();

/**
 * The server-sent events of one request. Nothing is sent until it is opened, by the first message or otherwise: a call
 * that has none answers in plain JSON.
 */
export class ReplyStream {
  /** Resolves when there is something to stream. */
  readonly opened: Promise<void>;
  open: () => void = () => undefined;
  #queue: string[] = [];
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  #keepAlive: ReturnType<typeof setInterval> | undefined;
  #ended = false;

  constructor() {
    this.opened = new Promise((resolve) => (this.open = resolve));
  }

  send(message: RpcNotification | string): void {
    const text = typeof message === "string" ? message : notificationText(message);
    this.#write(`event: message\ndata: ${text}\n\n`);
    this.open();
  }

  /** The answer, once there is something to stream. `onGone` is called when the client hangs up. */
  response(onGone: () => void): Response {
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        this.#controller = controller;
        for (const text of [": open\n\n", ...this.#queue.splice(0)])
          controller.enqueue(encoder.encode(text));
        this.#keepAlive = setInterval(() => this.#write(": keep-alive\n\n"), keepAliveMs);
      },
      cancel: () => {
        this.#stop();
        onGone();
      },
    });
    return new Response(body, {
      headers: {
        "content-type": "text/event-stream",
        "cache-control": "no-cache",
        "x-accel-buffering": "no",
      },
    });
  }

  close(): void {
    const controller = this.#controller;
    this.#stop();
    try {
      controller?.close();
    } catch {
      // The client hung up first.
    }
  }

  #stop(): void {
    clearInterval(this.#keepAlive);
    this.#controller = undefined;
    this.#ended = true;
  }

  #write(text: string): void {
    if (this.#ended) return;
    if (!this.#controller) {
      this.#queue.push(text);
      return;
    }
    try {
      this.#controller.enqueue(encoder.encode(text));
    } catch {
      this.#stop();
    }
  }
}

/** What a caller passes on may carry more than its type says, and strict clients refuse a message with a key too many. */
function notificationText({ method, params }: RpcNotification): string {
  return JSON.stringify({ jsonrpc: "2.0", method, params });
}
