// A right server of this process that notes every call that reaches it, by the number it was called with.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { setTimeout } from "node:timers/promises";
import { healthy, Message } from "../workers/testing/faults/protocol.ts";

/** A call that arrived at a path of the server; `at` is of `performance.now()`. */
export type Arrival = { n: number; at: number; path: string };

export type CountingServer = {
  /** The MCP endpoint. Any other path of its origin is one too. */
  url: string;
  arrivals: Arrival[];
  close: () => void;
};

export async function startCountingServer({
  delayMs = 0,
  isDown = () => false,
}: {
  /** How long a call takes. */
  delayMs?: number;
  /** Whether a call at this path is answered with 503 now. */
  isDown?: (path: string) => boolean;
} = {}): Promise<CountingServer> {
  const arrivals: Arrival[] = [];
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const at = performance.now();
    const { method, url: path = "/" } = request;
    if (method !== "POST") return void response.writeHead(405).end();
    const message = Message.parse(JSON.parse(await text(request)));
    const args = message.params["arguments"] as { n?: number } | undefined;
    if (message.method === "tools/call") {
      arrivals.push({ n: args?.n ?? -1, at, path });
      if (isDown(path)) return void response.writeHead(503).end();
      if (delayMs > 0) await setTimeout(delayMs);
    }
    const { status, headers, body } = healthy(message);
    response.writeHead(message.id === undefined ? 202 : status, {
      "content-type": "application/json",
      ...headers,
    });
    response.end(JSON.stringify({ jsonrpc: "2.0", id: message.id, ...body }));
  };
  // A connection that is closed for being idle, just as a call is sent on it, would be a call the server never saw.
  const patient = { headersTimeout: 0, requestTimeout: 0, keepAliveTimeout: 600_000 };
  const server = createServer(patient, (request, response) => {
    serve(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`,
    arrivals,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** How often each number arrived. */
export function timesOf(arrivals: readonly Arrival[]): Map<number, number> {
  const times = new Map<number, number>();
  for (const { n } of arrivals) times.set(n, (times.get(n) ?? 0) + 1);
  return times;
}
