import type { IncomingMessage, ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import { setInterval } from "node:timers/promises";
import type { FaultName, Side } from "./faults.ts";

export interface Answer {
  jsonrpc: "2.0";
  id: string | number;
  result: Record<string, unknown>;
}

/** One request that is about to be misanswered. `answer` is what a healthy server would have said. */
export interface Exchange {
  name: FaultName;
  side: Side;
  req: IncomingMessage;
  res: ServerResponse;
  origin: string;
  options: URLSearchParams;
  params: Record<string, unknown>;
  answer: Answer;
  /** Aborts once the response is over, whoever ended it. */
  gone: AbortSignal;
}

export type Behaviour = (exchange: Exchange) => void | Promise<void>;

export const MIB = 1024 * 1024;

interface Reply {
  status?: number;
  type?: string;
  headers?: Record<string, string>;
}

export function send({ res }: Pick<Exchange, "res">, body: string | Buffer, reply: Reply = {}) {
  res.writeHead(reply.status ?? 200, {
    "content-type": reply.type ?? "application/json",
    "content-length": Buffer.byteLength(body),
    ...reply.headers,
  });
  res.end(body);
}

export const sendJson = (exchange: Pick<Exchange, "res">, body: unknown, reply: Reply = {}) =>
  send(exchange, JSON.stringify(body), reply);

/** Streams with back-pressure: holds one piece at a time and stops when the peer goes away. */
export async function pour(
  { res }: Exchange,
  pieces: Iterable<string | Buffer>,
  reply: Reply = {},
) {
  res.writeHead(reply.status ?? 200, {
    "content-type": reply.type ?? "application/json",
    ...reply.headers,
  });
  await pipeline(pieces, res);
}

/** Writes `piece(n)` every `?every=` milliseconds until the peer goes away. */
export async function drip(
  { options, gone }: Exchange,
  { to, piece }: { to: { write(piece: string): unknown }; piece: (n: number) => string },
) {
  let n = 0;
  for await (const _ of setInterval(Number(options.get("every") ?? 250), undefined, {
    signal: gone,
  })) {
    to.write(piece(n++));
  }
}

/** The text, over and over, in pieces that share one buffer. */
export function* filler(bytes: number, byte = "a"): Generator<Buffer> {
  const piece = Buffer.alloc(64 * 1024, byte);
  for (let left = bytes; left > 0; left -= piece.length) {
    yield left < piece.length ? piece.subarray(0, left) : piece;
  }
}

/** The answer as JSON around a hole, so that a body can be streamed or hold what JSON.stringify cannot say. */
export function around(answer: Answer, result: (hole: string) => Record<string, unknown>) {
  const hole = "@hole@";
  const text = JSON.stringify({ ...answer, result: { ...answer.result, ...result(hole) } });
  const [before = "", after = ""] = text.split(hole);
  return { before, after };
}
