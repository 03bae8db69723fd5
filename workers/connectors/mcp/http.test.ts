import { describe, expect, it } from "vitest";
import { retryAfterSeconds } from "../../platform/retry-after";
import { requestOverHttp, type HttpSession, type Wire, type WireRequest } from "./http";

type Sent = WireRequest & { url: string; json: { id: string; method?: string; params?: unknown } };

/** A wire whose answers are given in order; `pb` in them stands for the id of the request. */
function wireOf(...answers: ((sent: Sent) => Response)[]) {
  const sent: Sent[] = [];
  const wire: Wire = {
    url: "https://acme.com/mcp",
    fetch: async (url, init) => {
      const request = { ...init, url, json: JSON.parse(init.body ?? "{}") };
      sent.push(request);
      init.signal.throwIfAborted();
      const answer = answers[sent.length - 1];
      if (!answer) throw new Error("nothing more was expected");
      return answer(request);
    },
    mask: (text) => text,
    background: () => undefined,
  };
  return { wire, sent };
}

const json =
  (body: unknown, status = 200) =>
  () =>
    Response.json(body, { status });
const result = (sent: Sent, value: object = { ok: true }) => ({
  jsonrpc: "2.0",
  id: sent.json.id,
  result: value,
});
const events = (text: string) =>
  new Response(text, { headers: { "content-type": "text/event-stream" } });
const event = (data: unknown, more = "") => `${more}data: ${JSON.stringify(data)}\n\n`;

const modern: HttpSession = { era: "modern" };
const legacy: HttpSession = { era: "legacy", protocolVersion: "2025-11-25", sessionId: "s-1" };
const ask = (
  wire: Wire,
  session: HttpSession,
  more: { signal?: AbortSignal; hear?: (method: string) => void } = {},
) =>
  requestOverHttp(wire, session, {
    method: "tools/call",
    params: { name: "Zürich", arguments: {} },
    signal: more.signal ?? new AbortController().signal,
    onNotification: ({ method }) => more.hear?.(method),
  });

describe("a request", () => {
  it("tells a 2026 server in its headers what it is about, and no session", async () => {
    const { wire, sent } = wireOf((request) => Response.json(result(request)));
    expect(await ask(wire, modern)).toEqual({ result: { ok: true } });
    expect(sent[0]?.headers).toEqual({
      "content-type": "application/json",
      accept: "application/json, text/event-stream",
      "mcp-protocol-version": "2026-07-28",
      "mcp-method": "tools/call",
      "mcp-name": "=?base64?WsO8cmljaA==?=",
    });
  });

  it("carries the session of a 2025 server, and nothing such a server does not know", async () => {
    const { wire, sent } = wireOf((request) => Response.json(result(request)));
    await ask(wire, legacy);
    expect(sent[0]?.headers).toEqual({
      "content-type": "application/json",
      accept: "application/json, text/event-stream",
      "mcp-protocol-version": "2025-11-25",
      "mcp-session-id": "s-1",
    });
  });
});

describe("an answer", () => {
  it.each<[string, HttpSession, (sent: Sent) => Response, object]>([
    [
      "with another id",
      modern,
      json({ jsonrpc: "2.0", id: "other", result: {} }),
      { code: "upstream_invalid" },
    ],
    [
      "that is a notification",
      modern,
      json({ jsonrpc: "2.0", method: "x" }),
      { code: "upstream_invalid" },
    ],
    [
      "of status 202",
      modern,
      () => new Response(null, { status: 202 }),
      { code: "upstream_invalid" },
    ],
    [
      "of HTML",
      modern,
      () => new Response("<html>", { headers: { "content-type": "text/html" } }),
      { code: "upstream_invalid", details: { contentType: "text/html" } },
    ],
    [
      "called text",
      modern,
      (sent) =>
        new Response(JSON.stringify(result(sent)), { headers: { "content-type": "text/plain" } }),
      { code: "upstream_invalid" },
    ],
    [
      "called nothing",
      modern,
      (sent) => new Response(new TextEncoder().encode(JSON.stringify(result(sent)))),
      { code: "upstream_invalid" },
    ],
    [
      "401",
      modern,
      json({}, 401),
      { code: "upstream_unauthorized", details: { upstreamStatus: 401 } },
    ],
    [
      "403 with an error inside",
      modern,
      json({ jsonrpc: "2.0", id: null, error: { code: 1, message: "" } }, 403),
      { code: "upstream_unauthorized" },
    ],
    ["404 of a known session", legacy, json({}, 404), { code: "upstream_error", status: 404 }],
    [
      "429 with a time",
      modern,
      () => new Response("", { status: 429, headers: { "retry-after": "7" } }),
      { code: "upstream_error", details: { upstreamStatus: 429, retryAfterSeconds: 7 } },
    ],
    [
      "503 with a time",
      modern,
      () => new Response("", { status: 503, headers: { "retry-after": "7" } }),
      { details: { upstreamStatus: 503, retryAfterSeconds: 7 } },
    ],
    ["504", modern, json({}, 504), { code: "upstream_timeout" }],
    [
      "500 as a stream",
      modern,
      () =>
        new Response("data: x\n\n", {
          status: 500,
          headers: { "content-type": "text/event-stream" },
        }),
      { code: "upstream_error", details: { upstreamStatus: 500 } },
    ],
    [
      "500 that is no UTF-8",
      modern,
      () => new Response(new Uint8Array([0x7b, 0x80]), { status: 500 }),
      { code: "upstream_error" },
    ],
    [
      "500 that breaks off",
      modern,
      () =>
        new Response(new ReadableStream({ pull: () => Promise.reject(new Error("reset")) }), {
          status: 500,
        }),
      { code: "upstream_error" },
    ],
  ])("%s is refused", async (_what, session, answer, error) => {
    const { wire } = wireOf(answer);
    await expect(ask(wire, session)).rejects.toMatchObject(error);
  });

  it.each([400, 404, 422])(
    "of status %i is a reply when it holds a JSON-RPC error",
    async (status) => {
      const { wire } = wireOf(
        json({ jsonrpc: "2.0", id: null, error: { code: -32601, message: "no" } }, status),
      );
      expect(await ask(wire, modern)).toEqual({ error: { code: -32601, message: "no" } });
    },
  );

  it("may be an error that knows no id", async () => {
    const { wire } = wireOf(
      json({ jsonrpc: "2.0", id: null, error: { code: -32700, message: "no" } }),
    );
    expect(await ask(wire, modern)).toEqual({ error: { code: -32700, message: "no" } });
  });
});

describe("a stream", () => {
  it("is heard up to the reply, and hung up on then", async () => {
    const heard: string[] = [];
    const { wire } = wireOf((sent) =>
      events(
        event({ jsonrpc: "2.0", method: "notifications/progress" }) +
          event({ jsonrpc: "2.0", id: "old", result: {} }) +
          event(result(sent)) +
          "data: never read\n\n",
      ),
    );
    expect(await ask(wire, modern, { hear: (method) => heard.push(method) })).toEqual({
      result: { ok: true },
    });
    expect(heard).toEqual(["notifications/progress"]);
  });

  it("of a 2025 server that asks something back gets a refusal, and a pong to its ping", async () => {
    const { wire, sent } = wireOf(
      (asked) =>
        events(
          event({ jsonrpc: "2.0", id: 7, method: "sampling/createMessage" }) +
            event({ jsonrpc: "2.0", id: 8, method: "ping" }) +
            event(result(asked)),
        ),
      () => new Response(null, { status: 202 }),
      () => new Response(null, { status: 202 }),
    );
    await ask(wire, legacy);
    expect(sent.slice(1).map(({ json: { id, ...said } }) => ({ id, ...said }))).toMatchObject([
      { id: 7, error: { code: -32601 } },
      { id: 8, result: {} },
    ]);
  });

  it("of a 2025 server is taken up where it ended, after the time the server asks for", async () => {
    const asked = { id: "" };
    const { wire, sent } = wireOf(
      (request) => {
        asked.id = request.json.id;
        return events("retry: 300\nid: e1\ndata:\n\n");
      },
      () => events(`id: e2\ndata: {"jsonrpc":"2.0","method":"notifications/progress"}\n\n`),
      () => events(event({ jsonrpc: "2.0", id: asked.id, result: { late: true } })),
    );
    const started = Date.now();
    expect(await ask(wire, legacy)).toEqual({ result: { late: true } });
    expect(Date.now() - started).toBeGreaterThanOrEqual(600);
    expect(sent.slice(1)).toMatchObject([
      { method: "GET", headers: { "last-event-id": "e1", "mcp-session-id": "s-1" } },
      { method: "GET", headers: { "last-event-id": "e2" } },
    ]);
  });

  it("that was cut off is taken up too, where that is possible", async () => {
    const asked = { id: "" };
    const { wire } = wireOf(
      (request) => {
        asked.id = request.json.id;
        let sent = false;
        const cut = new ReadableStream<Uint8Array>({
          pull(controller) {
            if (sent) throw new Error("Network connection lost.");
            sent = true;
            controller.enqueue(new TextEncoder().encode("retry: 1\nid: e1\ndata:\n\n"));
          },
        });
        return new Response(cut, { headers: { "content-type": "text/event-stream" } });
      },
      () => events(event({ jsonrpc: "2.0", id: asked.id, result: {} })),
    );
    expect(await ask(wire, legacy)).toEqual({ result: {} });
  });

  it.each<[string, HttpSession, string, (() => Response)[], string]>([
    [
      "ends without an answer",
      modern,
      'id: e1\ndata: {"jsonrpc":"2.0","method":"x"}\n\n',
      [],
      "upstream_invalid",
    ],
    ["ends without a place to go on", legacy, ": nothing\n\n", [], "upstream_invalid"],
    [
      "cannot be taken up",
      legacy,
      "retry: 1\nid: e1\n\n",
      [() => new Response("", { status: 405 })],
      "upstream_invalid",
    ],
    ["goes on as something else", legacy, "retry: 1\nid: e1\n\n", [json({})], "upstream_invalid"],
    ["holds nonsense", modern, "data: nonsense\n\n", [], "upstream_invalid"],
  ])("that %s is the server's fault", async (_what, session, first, rest, code) => {
    const { wire } = wireOf(() => events(first), ...rest);
    await expect(ask(wire, session)).rejects.toMatchObject({ code });
  });

  it("that waits to be taken up ends with the caller's patience, and the server is told", async () => {
    const stop = new AbortController();
    const { wire, sent } = wireOf(
      () => events("retry: 60000\nid: e1\n\n"),
      () => new Response(null, { status: 202 }),
    );
    setTimeout(() => stop.abort(new Error("enough")), 20);
    await expect(ask(wire, legacy, { signal: stop.signal })).rejects.toThrow("enough");
    expect(sent.map(({ json: { method } }) => method)).toEqual([
      "tools/call",
      "notifications/cancelled",
    ]);
    expect(sent[1]?.json.params).toMatchObject({ requestId: sent[0]?.json.id });
  });
});

it.each([
  [null, undefined],
  ["2", 2],
  [" 86400 ", 86_400],
  ["0", undefined],
  ["86401", undefined],
  ["-5", undefined],
  ["31536000000", undefined],
  ["soon", undefined],
  ["Sat, 21 Nov 2026 00:00:30 GMT", 30],
  ["Fri, 20 Nov 2026 00:00:30 GMT", undefined],
  ["Sat, 21 Nov 3026 00:00:30 GMT", undefined],
])("Retry-After %j asks for %s seconds", (value, seconds) => {
  expect(retryAfterSeconds(value, Date.UTC(2026, 10, 21))).toBe(seconds);
});
