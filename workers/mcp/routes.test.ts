import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { rpcCode } from "../connectors";
import { askHub, connectServer, createTeam, type TestTeam } from "../testing/team";
import { mcpClient, request, type TestClient } from "./test-client";

let team: TestTeam;
let mcp: TestClient;
let connectionId: string;

beforeAll(async () => {
  team = await createTeam();
  mcp = mcpClient(team);
  connectionId = (await connectServer(team)).body.id;
});

const post = (body: unknown, headers: Record<string, string> = {}) =>
  team.ask("/mcp", { body, headers });

describe("who may speak", () => {
  it.each(["POST", "GET", "DELETE"])("challenges a caller without a key (%s)", async (method) => {
    const answer = await askHub("/mcp", { method });
    expect(answer.status).toBe(401);
    expect(answer.headers.get("www-authenticate")).toMatch(/^Bearer /);
    expect(answer.body).toMatchObject({
      jsonrpc: "2.0",
      id: null,
      error: { code: -32000, data: { code: "unauthorized" } },
    });
  });

  it.each([
    ["no key of ours", "Bearer x"],
    ["a key with a typing error", `Bearer pb_${"a".repeat(38)}`],
    ["another scheme", "Basic eDp5"],
  ])("challenges %s", async (_what, authorization) => {
    const answer = await askHub("/mcp", {
      body: request(1, { era: "legacy", method: "ping", params: {} }).body,
      headers: { authorization },
    });
    expect(answer.status).toBe(401);
    expect(answer.headers.has("www-authenticate")).toBe(true);
  });

  it.each([
    ["the page of another origin", { origin: "https://evil.test" }],
    ["a name pointed at this machine", { host: "evil.test" }],
    ["an origin that is none", { origin: "null" }],
  ])("turns away %s", async (_what, headers) => {
    expect((await post({ jsonrpc: "2.0", id: 1, method: "ping" }, headers)).status).toBe(403);
  });

  it("lets a viewer look and not call", async () => {
    const viewer = mcpClient(await team.join("viewer"));
    expect((await viewer("tools/list")).result.tools.length).toBeGreaterThan(10);
    const refused = await viewer("tools/call", {
      name: "fixture__echo",
      arguments: { message: "x" },
    });
    expect(refused).toMatchObject({ status: 403, error: { data: { code: "forbidden" } } });
  });
});

describe("the transport", () => {
  it.each(["GET", "DELETE", "PUT", "PATCH"])("has no %s", async (method) => {
    for (const path of ["/mcp", "/mcp/c/fixture"]) {
      const answer = await team.ask(path, { method });
      expect(answer.status).toBe(405);
      expect(answer.headers.get("allow")).toBe("POST");
      expect(answer.body).toMatchObject({ jsonrpc: "2.0", id: null, error: {} });
    }
  });

  it.each([
    ["a notification", { jsonrpc: "2.0", method: "notifications/initialized" }],
    [
      "a notification of a kind nobody knows",
      { jsonrpc: "2.0", method: "notifications/unheard", params: {} },
    ],
    ["an answer nobody waits for", { jsonrpc: "2.0", id: 5, result: {} }],
  ])("takes %s with 202 and nothing to read", async (_what, body) => {
    const answer = await post(body);
    expect(answer).toMatchObject({ status: 202, text: "" });
  });

  it.each([
    ["no JSON", "{", rpcCode.parseError],
    ["nothing", "", rpcCode.parseError],
    ["text that is no UTF-8", new Uint8Array([0x22, 0xff, 0x22]), rpcCode.parseError],
    ["a batch", [{ jsonrpc: "2.0", id: 1, method: "ping" }], rpcCode.invalidRequest],
    [
      "JSON nested without end",
      `{"jsonrpc":"2.0","id":1,"method":"ping","params":${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}}`,
      rpcCode.invalidRequest,
    ],
  ])("refuses %s with 400", async (_what, body, code) => {
    const answer = await sendRaw(body);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ jsonrpc: "2.0", error: { code } });
  });

  it("refuses a body past 4 MiB with 413, whether or not its length is declared", async () => {
    const large = `"${"x".repeat(4 * 1024 * 1024)}"`;
    const declared = await sendRaw(large, { "content-length": String(large.length) });
    expect(declared.status).toBe(413);
    await declared.text();
    const pieces = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.enqueue(new Uint8Array(65_536));
      },
    });
    const endless = await sendRaw(pieces);
    expect(endless.status).toBe(413);
    expect(await endless.json()).toMatchObject({ error: { data: { code: "payload_too_large" } } });
  });

  it("answers an unknown method with 404 to a 2026-07-28 client, in a 200 to an older one", async () => {
    expect(await mcp("tools/destroy")).toMatchObject({
      status: 404,
      error: { code: rpcCode.methodNotFound },
    });
    expect(await mcp("ping")).toMatchObject({
      status: 404,
      error: { code: rpcCode.methodNotFound },
    });
    const legacy = { era: "legacy" } as const;
    expect(await mcp("tools/destroy", {}, legacy)).toMatchObject({
      status: 200,
      error: { code: rpcCode.methodNotFound },
    });
    expect(await mcp("ping", {}, legacy)).toMatchObject({ status: 200, result: {} });
  });

  it.each([
    ["a", "a"],
    [0, 0],
    [-1.5, -1.5],
    ["", ""],
    ['\u2028"\\', '\u2028"\\'],
  ])("gives back the id %j", async (id, same) => {
    for (const method of ["ping", "tools/list", "nonsense"]) {
      const answer = await post({ jsonrpc: "2.0", id, method });
      expect(answer.body.id).toBe(same);
    }
  });

  it("leaves the words of an unforeseen failure in the log", async () => {
    const broken = {
      getByName: () => ({ epoch: () => Promise.reject(new Error("D1 lost its marbles")) }),
    };
    const answer = await mcp(
      "tools/list",
      {},
      { env: { TEAM_GATE: broken as unknown as Env["TEAM_GATE"] } },
    );
    expect(answer).toMatchObject({
      status: 500,
      error: { code: rpcCode.internalError, data: { code: "internal" } },
    });
    expect(answer.text).not.toContain("marbles");
  });
});

describe("initialize and server/discover", () => {
  it.each([
    ["2025-11-25", "2025-11-25"],
    ["2025-06-18", "2025-06-18"],
    ["2024-11-05", "2024-11-05"],
    ["2099-01-01", "2025-11-25"],
    [undefined, "2025-11-25"],
  ])("agrees with a client of %s on %s", async (protocolVersion, agreed) => {
    const { result } = await mcp(
      "initialize",
      { protocolVersion, capabilities: {}, clientInfo: { name: "x", version: "1" } },
      { era: "legacy" },
    );
    expect(result).toMatchObject({
      protocolVersion: agreed,
      serverInfo: { name: "plugboard" },
      capabilities: { tools: {} },
    });
  });

  it("opens no session", async () => {
    const { headers } = await mcp(
      "initialize",
      { protocolVersion: "2025-11-25" },
      { era: "legacy" },
    );
    expect(headers.has("mcp-session-id")).toBe(false);
  });

  it("says what the hub is, for this caller only", async () => {
    expect((await mcp("server/discover")).result).toMatchObject({
      resultType: "complete",
      supportedVersions: ["2026-07-28"],
      capabilities: {
        tools: { listChanged: true },
        prompts: {},
        resources: {},
        completions: {},
        logging: {},
      },
      cacheScope: "private",
      ttlMs: expect.any(Number),
      _meta: { "io.modelcontextprotocol/serverInfo": { name: "plugboard" } },
    });
  });

  it("offers updates of a resource only where they can be passed on", async () => {
    const [modern, legacy] = [await createTeam(), await createTeam()];
    await connectServer(modern);
    await connectServer(legacy, { url: env.LEGACY_FIXTURE_URL });
    const path = "/mcp/c/fixture";
    const told = async (which: TestTeam) =>
      (await mcpClient(which, { path })("server/discover")).result.capabilities.resources;
    expect(await told(modern)).toEqual({ listChanged: true, subscribe: true });
    expect(await told(legacy)).toEqual({ listChanged: true });
    const older = await mcpClient(modern, { path, era: "legacy" })("initialize", {});
    expect(older.result.capabilities.resources).toEqual({});
  });
});

describe("one connection", () => {
  it.each(["fixture", "its id"])(
    "answers at its own address, by %s, with names untouched",
    async (name) => {
      const path = `/mcp/c/${name === "fixture" ? name : connectionId}`;
      const tools = (await mcp("tools/list", {}, { path })).result.tools;
      expect(tools.map((tool: { name: string }) => tool.name)).toContain("echo");
      const called = await mcp(
        "tools/call",
        { name: "echo", arguments: { message: "hi" } },
        { path },
      );
      expect(called.result.content).toEqual([{ type: "text", text: "Echo: hi" }]);
    },
  );

  it("tells an unknown one and another team's apart by nothing", async () => {
    const others = await createTeam();
    const theirs = (await connectServer(others, { name: "Their secret" })).body;
    const spoken = [];
    for (const connection of ["no-such-thing", theirs.id, theirs.slug, "%00", "a".repeat(500)]) {
      const path = `/mcp/c/${connection}`;
      for (const method of ["tools/list", "server/discover", "subscriptions/listen"]) {
        const answer = await mcp(method, { notifications: {} }, { path });
        expect(answer).toMatchObject({
          error: { code: rpcCode.invalidParams, data: { code: "not_found" } },
        });
      }
      const called = await mcp(
        "tools/call",
        { name: "echo", arguments: { message: "x" } },
        { path },
      );
      spoken.push(
        called.error.message.replace(
          JSON.stringify(decodeURIComponent(connection).slice(0, 100)),
          "…",
        ),
      );
    }
    expect(new Set(spoken).size).toBe(1);
  });

  it("does not reach another team's tools, prompts or resources by their names", async () => {
    const others = await createTeam();
    await connectServer(others, { name: "Elsewhere" });
    const calls = [
      ["tools/call", { name: "elsewhere__echo", arguments: { message: "x" } }],
      ["prompts/get", { name: "elsewhere__test_simple_prompt" }],
      ["resources/read", { uri: "elsewhere+test://static-text" }],
    ] as const;
    for (const [method, params] of calls)
      expect((await mcp(method, params)).error).toMatchObject({ data: { code: "not_found" } });
  });

  it("that is disabled says so", async () => {
    const own = await createTeam();
    await connectServer(own);
    await own.ask("/api/v1/connections/fixture", { method: "PATCH", body: { disabled: true } });
    const at = mcpClient(own, { path: "/mcp/c/fixture" });
    for (const method of ["tools/list", "server/discover"])
      expect((await at(method)).error).toMatchObject({ data: { code: "connection_disabled" } });
    const called = await at("tools/call", { name: "echo", arguments: { message: "x" } });
    expect(called.result).toMatchObject({
      isError: true,
      _meta: { "io.plugboard/error": { code: "connection_disabled" } },
    });
  });
});

async function sendRaw(
  body: BodyInit | object,
  headers: Record<string, string> = {},
): Promise<Response> {
  const { default: hub } = await import("../index");
  const { createExecutionContext, waitOnExecutionContext } = await import("cloudflare:test");
  const ctx = createExecutionContext();
  const raw =
    typeof body === "string" || body instanceof Uint8Array || body instanceof ReadableStream
      ? body
      : JSON.stringify(body);
  const response = await hub.fetch(
    new Request("http://127.0.0.1/mcp", {
      method: "POST",
      headers: {
        authorization: `Bearer ${team.apiKey}`,
        "content-type": "application/json",
        ...headers,
      },
      body: raw,
    }),
    env,
    ctx,
  );
  await waitOnExecutionContext(ctx);
  return response;
}
