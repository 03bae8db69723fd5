import { setImmediate } from "node:timers/promises";
import { type Behaviour, type Exchange, drip, send } from "./exchange.ts";

const hang: Behaviour = () => {};

const redirect =
  (location: (exchange: Exchange) => string): Behaviour =>
  (exchange) =>
    send(exchange, "", { status: 307, headers: { location: location(exchange) } });

/** Promises more than it writes, and lets the half arrive before it breaks off. */
async function half({ res, answer }: Exchange) {
  const body = JSON.stringify(answer);
  res.writeHead(200, { "content-type": "application/json", "content-length": body.length * 2 });
  await new Promise((resolve) => res.write(body.slice(0, body.length / 2), resolve));
}

export const transport = {
  hang,
  connect_hang: hang,
  hang_after_headers: ({ res }) => {
    res.writeHead(200, { "content-type": "application/json" });
    res.flushHeaders();
  },
  reset_before_headers: ({ req }) => {
    req.socket.resetAndDestroy();
  },
  reset_mid_body: async (exchange) => {
    await half(exchange);
    exchange.req.socket.resetAndDestroy();
  },
  truncated_body: async (exchange) => {
    await half(exchange);
    exchange.req.socket.end();
  },
  slow_headers: async (exchange) => {
    const { socket } = exchange.req;
    socket.write("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nx-slow: ");
    await drip(exchange, { to: socket, piece: () => "a" });
  },
  slow_body: async (exchange) => {
    exchange.res.writeHead(200, { "content-type": "application/json" });
    exchange.res.write("{");
    await drip(exchange, { to: exchange.res, piece: () => " " });
  },
  one_byte_chunks: async ({ res, req, answer, gone }) => {
    req.socket.setNoDelay(true);
    res.writeHead(200, { "content-type": "application/json" });
    for (const byte of Buffer.from(JSON.stringify(answer))) {
      res.write(Buffer.of(byte));
      await setImmediate(undefined, { signal: gone });
    }
    res.end();
  },
  redirect_loop: redirect(({ name, options }) => {
    const there = options.get("hop") === "there";
    const query = new URLSearchParams([
      ...[...options].filter(([key]) => key !== "hop"),
      ["hop", there ? "back" : "there"],
    ]);
    return `/f/${name}/mcp?${query.toString()}`;
  }),
  redirect_private: redirect(() => "http://169.254.169.254/latest/meta-data/"),
  redirect_scheme: redirect(() => "file:///etc/passwd"),
} satisfies Record<string, Behaviour>;
