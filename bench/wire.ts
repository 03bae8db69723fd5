// A keep-alive HTTP/1.1 connection on a bare socket. It takes a fraction of fetch's CPU, which on a machine shared with
// the gateway under test is what decides how much load there is.
import { connect as connectSocket, type Socket } from "node:net";

export type WireAnswer = { status: number; head: string; body: Buffer };

type Head = { status: number; text: string; bodyAt: number; length: number | "chunked" };

/** One request at a time. */
export class Wire {
  readonly #port: number;
  #socket: Socket | undefined;
  #parts: Buffer[] = [];
  #received = 0;
  #head: Head | undefined;
  #settle: { resolve: (answer: WireAnswer) => void; reject: (error: Error) => void } | undefined;

  constructor(port: number) {
    this.#port = port;
  }

  async open(): Promise<void> {
    const socket = connectSocket({ host: "127.0.0.1", port: this.#port, noDelay: true });
    await new Promise<void>((resolve, reject) => {
      socket.once("connect", resolve);
      socket.once("error", reject);
    });
    socket.removeAllListeners("error");
    socket.on("error", () => undefined);
    socket.on("close", () => {
      if (this.#socket === socket) this.#socket = undefined;
      this.#finish(new Error("The connection was closed."));
    });
    socket.on("data", (chunk: Buffer) => this.#take(chunk));
    this.#socket = socket;
  }

  /** Sends a whole request. Rejects when the connection breaks off. */
  async exchange(request: string): Promise<WireAnswer> {
    if (!this.#socket) await this.open();
    return new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
      this.#socket?.write(request);
    });
  }

  close(): void {
    this.#socket?.destroy();
    this.#socket = undefined;
  }

  #take(chunk: Buffer): void {
    if (!this.#settle) return;
    this.#parts.push(chunk);
    this.#received += chunk.length;
    this.#head ??= this.#readHead();
    const head = this.#head;
    if (!head) return;
    if (head.length !== "chunked") {
      if (this.#received - head.bodyAt >= head.length)
        this.#finish(this.#joined().subarray(head.bodyAt, head.bodyAt + head.length));
      return;
    }
    // Only a buffer that ends like a last chunk is worth looking through.
    if (!chunk.subarray(-2).equals(lineEnd)) return;
    const body = dechunk(this.#joined(), head.bodyAt);
    if (body) this.#finish(body);
  }

  #joined(): Buffer {
    const [first] = this.#parts;
    if (this.#parts.length === 1 && first) return first;
    const whole = Buffer.concat(this.#parts, this.#received);
    this.#parts = [whole];
    return whole;
  }

  #readHead(): Head | undefined {
    const buffer = this.#joined();
    const headEnd = buffer.indexOf("\r\n\r\n");
    if (headEnd === -1) return undefined;
    const text = buffer.toString("latin1", 0, headEnd);
    const length = /\r\ncontent-length: *(\d+)/i.exec(text)?.[1];
    const chunked = /\r\ntransfer-encoding: *chunked/i.test(text);
    return {
      status: Number(text.slice(9, 12)),
      text,
      bodyAt: headEnd + 4,
      length: chunked ? "chunked" : Number(length ?? 0),
    };
  }

  #finish(outcome: Buffer | Error): void {
    const [settle, head] = [this.#settle, this.#head];
    this.#settle = undefined;
    this.#head = undefined;
    this.#parts = [];
    this.#received = 0;
    if (!settle) return;
    if (outcome instanceof Error || !head) settle.reject(outcome as Error);
    else settle.resolve({ status: head.status, head: head.text, body: outcome });
  }
}

const lineEnd = Buffer.from("\r\n");

/** The body, once its last chunk is there. */
function dechunk(buffer: Buffer, from: number): Buffer | undefined {
  const parts: Buffer[] = [];
  for (let at = from; ;) {
    const newline = buffer.indexOf(lineEnd, at);
    if (newline === -1) return undefined;
    const size = Number.parseInt(buffer.toString("latin1", at, newline), 16);
    const dataAt = newline + 2;
    if (buffer.length < dataAt + size + 2) return undefined;
    if (size === 0) return parts.length === 1 ? parts[0] : Buffer.concat(parts);
    parts.push(buffer.subarray(dataAt, dataAt + size));
    at = dataAt + size + 2;
  }
}
