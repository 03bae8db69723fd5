import { describe, expect, it } from "vitest";
import { discover } from "./discover";
import type { Wire } from "./http";

type Message = {
  id?: number;
  method?: string;
  params?: unknown;
  error?: unknown;
  result?: unknown;
};
type Script = {
  /** The first event. */
  endpoint?: string;
  /** What is put on the stream for a message. */
  answer?: (message: Message) => (Message & { jsonrpc?: string })[];
  getStatus?: number;
  postStatus?: number;
};

/** A server of the 2024 transport, in memory: the stream of one GET, and a POST that answers on it. */
function sseServer({
  endpoint = "/messages?s=1",
  answer,
  getStatus = 200,
  postStatus = 202,
}: Script) {
  const posted: { url: string; message: Message }[] = [];
  let closed = 0;
  const wire: Wire = {
    url: "https://acme.com/sse",
    mask: (text) => text.replaceAll("sesame", "[secret]"),
    background: () => undefined,
    fetch: async (url, init) => {
      if (url === wire.url && init.method === "POST") return new Response("", { status: 405 });
      if (init.method === "GET" && getStatus !== 200)
        return new Response("", { status: getStatus });
      if (init.method === "GET") {
        const body = new ReadableStream<Uint8Array>({
          start: (controller) => {
            stream = controller;
            say(`event: endpoint\ndata: ${endpoint}\n\n`);
          },
          cancel: () => {
            closed += 1;
          },
        });
        return new Response(body, { headers: { "content-type": "text/event-stream" } });
      }
      const message = JSON.parse(init.body ?? "{}") as Message;
      posted.push({ url, message });
      if (postStatus !== 202) return new Response("", { status: postStatus });
      for (const reply of (answer ?? usual)(message))
        say(`event: message\ndata: ${JSON.stringify({ jsonrpc: "2.0", ...reply })}\n\n`);
      return new Response("Accepted", { status: 202 });
    },
  };
  let stream: ReadableStreamDefaultController<Uint8Array> | undefined;
  const say = (text: string) => stream?.enqueue(new TextEncoder().encode(text));
  return { wire, posted, closed: () => closed };
}

function usual({ id, method }: Message): Message[] {
  if (id === undefined) return [];
  if (method === "initialize")
    return [
      {
        id,
        result: {
          protocolVersion: "2024-11-05",
          capabilities: { tools: {} },
          serverInfo: { name: "old", version: "1" },
        },
      },
    ];
  return [{ id, result: { said: method } }];
}

const signal = new AbortController().signal;

describe("a server of the 2024 transport", () => {
  it.each(["auto", "sse"] as const)(
    "is found by %s, and spoken to where it says",
    async (transport) => {
      const { wire, posted, closed } = sseServer({});
      const server = await discover(wire, transport, signal);
      expect(server).toMatchObject({
        known: { era: "legacy", transport: "sse", protocolVersion: "2024-11-05" },
        info: { name: "old", version: "1" },
      });
      expect(await server.ask("tools/list", {})).toEqual({ result: { said: "tools/list" } });
      expect(posted.map(({ url, message }) => [url, message.method])).toEqual([
        ["https://acme.com/messages?s=1", "initialize"],
        ["https://acme.com/messages?s=1", "notifications/initialized"],
        ["https://acme.com/messages?s=1", "tools/list"],
      ]);
      await server.close();
      expect(closed()).toBe(1);
    },
  );

  it("gets its pings answered and its questions refused, and what it repeats is masked", async () => {
    const { wire, posted } = sseServer({
      answer: (message) =>
        message.method === "tools/call"
          ? [
              { id: 90, method: "ping" },
              { id: 91, method: "roots/list" },
              { id: message.id ?? 0, result: { text: "open sesame" } },
            ]
          : usual(message),
    });
    const server = await discover(wire, "sse", signal);
    expect(await server.ask("tools/call", {})).toEqual({ result: { text: "open [secret]" } });
    expect(posted.slice(-2).map(({ message }) => message)).toMatchObject([
      { id: 90, result: {} },
      { id: 91, error: { code: -32601 } },
    ]);
  });

  it.each<[string, Script, object]>([
    [
      "names an endpoint on another host",
      { endpoint: "https://evil.com/messages" },
      { code: "upstream_invalid" },
    ],
    ["names no endpoint", { endpoint: "http://" }, { code: "upstream_invalid" }],
    [
      "refuses the credentials at the stream",
      { getStatus: 401 },
      { code: "upstream_unauthorized" },
    ],
    [
      "refuses the credentials at the endpoint",
      { postStatus: 403 },
      { code: "upstream_unauthorized" },
    ],
    ["fails at the stream", { getStatus: 500 }, { code: "upstream_error" }],
    ["fails at the endpoint", { postStatus: 500 }, { code: "upstream_error" }],
    [
      "refuses the session",
      { answer: ({ id }) => [{ id: id ?? 0, error: { code: 1, message: "no" } }] },
      { code: "upstream_error" },
    ],
    [
      "answers no JSON-RPC",
      { answer: ({ id }) => [{ id: id ?? 0, jsonrpc: "1.0", result: {} }] },
      { code: "upstream_invalid" },
    ],
    [
      "chose a revision nobody knows",
      { answer: ({ id }) => [{ id: id ?? 0, result: { protocolVersion: "1999-01-01" } }] },
      { code: "upstream_invalid" },
    ],
  ])("that %s is refused, and its stream closed", async (_what, script, error) => {
    const { wire, closed } = sseServer(script);
    await expect(discover(wire, "sse", signal)).rejects.toMatchObject(error);
    expect(closed()).toBe((script.getStatus ?? 200) === 200 ? 1 : 0);
  });

  it("is not looked for where http is asked for", async () => {
    const { wire } = sseServer({});
    await expect(discover(wire, "http", signal)).rejects.toMatchObject({
      code: "upstream_error",
      status: 405,
    });
  });
});
