const encoder = new TextEncoder();

/**
 * The server-sent events of one answer. What is said before somebody reads it waits. workerd notices that a client is
 * gone only when it writes to it, which the keep-alives see to.
 */
export class EventStream {
  readonly #keepAliveMs: number;
  #waiting: string[] = [];
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  #keepAlive: ReturnType<typeof setInterval> | undefined;
  #ended = false;

  constructor(keepAliveMs: number) {
    this.#keepAliveMs = keepAliveMs;
  }

  /** `data` is JSON text: it has no line breaks. */
  say(event: string, data: string): void {
    this.#write(`event: ${event}\ndata: ${data}\n\n`);
  }

  /** The answer. `onGone` is called when the client hangs up. */
  response(onGone: () => void, headers: Record<string, string> = {}): Response {
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        this.#controller = controller;
        for (const text of [": open\n\n", ...this.#waiting.splice(0)])
          controller.enqueue(encoder.encode(text));
        if (this.#ended) this.close();
        else
          this.#keepAlive = setInterval(() => this.#write(": keep-alive\n\n"), this.#keepAliveMs);
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
        ...headers,
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
      this.#waiting.push(text);
      return;
    }
    try {
      this.#controller.enqueue(encoder.encode(text));
    } catch {
      this.#stop();
    }
  }
}
