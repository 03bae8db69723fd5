import { describe, expect, it } from "vitest";
import type { KnownServer } from "./discover";
import type { Wire, WireRequest } from "./http";
import type { JsonObject } from "../../../shared/json";
import { adoptSession, requestServer } from "./request";

type Message = { id?: string; method: string; params: JsonObject };
type Sent = Message & { session: string | undefined; headers: WireRequest["headers"] };

const legacy: KnownServer = {
  era: "legacy",
  transport: "http",
  protocolVersion: "2025-06-18",
  keepsSessions: true,
};
const modern: KnownServer = {
  era: "modern",
  transport: "http",
  protocolVersion: "2026-07-28",
  keepsSessions: false,
};

/** A 2025 server that hands out sessions and may forget them. `answer` is asked what to say to a call. */
function server(answer?: (sent: Sent) => Response | undefined) {
  const sent: Sent[] = [];
  const known = new Set<string>();
  const wire: Wire = {
    url: "https://acme.com/mcp",
    mask: (text) => text,
    background: () => undefined,
    fetch: async (_url, { body, headers }) => {
      const message = JSON.parse(body ?? "{}") as Message;
      const session = headers["mcp-session-id"];
      sent.push({ ...message, session, headers });
      if (message.method === "initialize") {
        const id = `s-${known.size + 1}`;
        known.add(id);
        const result = { protocolVersion: "2025-06-18", capabilities: {}, serverInfo: {} };
        return Response.json(
          { jsonrpc: "2.0", id: message.id, result },
          { headers: { "mcp-session-id": id } },
        );
      }
      if (message.id === undefined) return new Response(null, { status: 202 });
      return (
        answer?.({ ...message, session, headers }) ??
        Response.json({ jsonrpc: "2.0", id: message.id, result: { session } })
      );
    },
  };
  return { wire, sent, methods: () => sent.map(({ method }) => method) };
}

let made = 0;
const freshKey = () => `key-${(made += 1)}`;
const call = (wire: Wire, known: KnownServer, sessionKey: string, params: JsonObject = {}) =>
  requestServer(wire, known, {
    method: "tools/call",
    params,
    sessionKey,
    signal: new AbortController().signal,
  });

describe("a 2025 server", () => {
  it("is asked in one session by all that share a key, and another by others", async () => {
    const { wire, methods } = server();
    const [one, two] = [freshKey(), freshKey()];
    expect(await call(wire, legacy, one)).toEqual({ result: { session: "s-1" } });
    expect(await call(wire, legacy, one)).toEqual({ result: { session: "s-1" } });
    expect(await call(wire, legacy, two)).toEqual({ result: { session: "s-2" } });
    expect(methods()).toEqual([
      "initialize",
      "notifications/initialized",
      "tools/call",
      "tools/call",
      "initialize",
      "notifications/initialized",
      "tools/call",
    ]);
  });

  it("is asked in the session it was discovered in, or in none if it keeps none", async () => {
    const { wire, sent } = server();
    const key = freshKey();
    adoptSession(key, legacy, "adopted");
    expect(await call(wire, legacy, key)).toEqual({ result: { session: "adopted" } });
    await call(wire, { ...legacy, keepsSessions: false }, freshKey());
    expect(sent.map(({ method, session }) => [method, session])).toEqual([
      ["tools/call", "adopted"],
      ["tools/call", undefined],
    ]);
    expect(sent[0]?.headers["mcp-protocol-version"]).toBe("2025-06-18");
  });

  it.each<[string, () => Response]>([
    ["404", () => new Response("", { status: 404 })],
    [
      "400 and a word about the session",
      () =>
        Response.json(
          {
            jsonrpc: "2.0",
            id: null,
            error: { code: -32000, message: "Bad Request: No valid session ID provided" },
          },
          { status: 400 },
        ),
    ],
  ])(
    "that forgot the session, and says so by %s, is asked again in a new one",
    async (_how, forgotten) => {
      const { wire, methods } = server(({ session }) =>
        session === "old" ? forgotten() : undefined,
      );
      const key = freshKey();
      adoptSession(key, legacy, "old");
      expect(await call(wire, legacy, key)).toEqual({ result: { session: "s-1" } });
      expect(methods()).toEqual([
        "tools/call",
        "initialize",
        "notifications/initialized",
        "tools/call",
      ]);
      expect(await call(wire, legacy, key)).toEqual({ result: { session: "s-1" } });
    },
  );

  it("that forgets every session at once is at fault, and asked twice only", async () => {
    const { wire, methods } = server(() => new Response("", { status: 404 }));
    await expect(call(wire, legacy, freshKey())).rejects.toMatchObject({
      code: "upstream_error",
      details: { upstreamStatus: 404 },
    });
    expect(methods().filter((method) => method === "tools/call")).toHaveLength(2);
  });

  it("gets no modern envelope, and a progress token that no other caller has", async () => {
    const heard: unknown[] = [];
    const { wire, sent } = server(({ id, params }) => {
      const token = (params["_meta"] as JsonObject)["progressToken"];
      const events = [
        { method: "notifications/progress", params: { progressToken: token, progress: 1 } },
        { method: "notifications/progress", params: { progressToken: "theirs", progress: 2 } },
        { method: "notifications/message", params: { data: "hi" } },
        { id, result: {} },
      ].map((message) => `data: ${JSON.stringify({ jsonrpc: "2.0", ...message })}\n\n`);
      return new Response(events.join(""), { headers: { "content-type": "text/event-stream" } });
    });
    await requestServer(wire, legacy, {
      method: "tools/call",
      params: {
        _meta: { progressToken: "theirs", "io.modelcontextprotocol/protocolVersion": "2026-07-28" },
      },
      sessionKey: freshKey(),
      signal: new AbortController().signal,
      onNotification: ({ params }) => heard.push(params),
    });
    expect(sent.at(-1)?.params).toEqual({
      _meta: { progressToken: expect.stringMatching(/^pb-/) },
    });
    expect(heard).toEqual([{ progressToken: "theirs", progress: 1 }, { data: "hi" }]);
  });
});

it("a 2026-07-28 server is asked without a session, with the envelope and the caller's own token", async () => {
  const { wire, sent } = server();
  await call(wire, modern, freshKey(), { name: "echo", _meta: { progressToken: 7 } });
  expect(sent).toMatchObject([
    {
      method: "tools/call",
      session: undefined,
      params: {
        _meta: { progressToken: 7, "io.modelcontextprotocol/protocolVersion": "2026-07-28" },
      },
    },
  ]);
});
