import { type Behaviour, type Exchange, drip, send } from "./exchange.ts";

const type = "text/event-stream";
const event = (data: unknown) => `event: message\ndata: ${JSON.stringify(data)}\n\n`;

const progress = ({ params }: Exchange, n: number) => {
  const meta = params["_meta"];
  const named = typeof meta === "object" && meta !== null && "progressToken" in meta;
  return event({
    jsonrpc: "2.0",
    method: "notifications/progress",
    params: { progressToken: named ? meta.progressToken : "unasked", progress: n },
  });
};

async function stayOpen(exchange: Exchange, piece: (n: number) => string) {
  exchange.res.writeHead(200, { "content-type": type });
  exchange.res.write(piece(0));
  await drip(exchange, { to: exchange.res, piece: (n) => piece(n + 1) });
}

export const streams = {
  sse_endless: (exchange) => stayOpen(exchange, () => ": still here\n\n"),
  sse_progress_endless: (exchange) => stayOpen(exchange, (n) => progress(exchange, n)),
  sse_open_after_answer: (exchange) =>
    stayOpen(exchange, (n) => (n === 0 ? event(exchange.answer) : ": still here\n\n")),
  sse_without_answer: (exchange) => send(exchange, progress(exchange, 1), { type }),
  sse_garbage: (exchange) =>
    send(
      exchange,
      `data: not json\n\n\u0000\u0001:::\nevent: \ndata\ndata: {"half":\n\nretry: never\nid: \u0000\ndata: null\n\ndata: []\n\nno colon at all`,
      { type },
    ),
} satisfies Record<string, Behaviour>;
