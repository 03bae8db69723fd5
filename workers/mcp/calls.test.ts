import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { rpcCode, type Era, type JsonObject } from "../connectors";
import hub from "../index";
import { connectServer, createTeam, type TestTeam } from "../testing/team";
import type { FaultName } from "../testing/faults/faults";
import { mcpClient, readEvents, request, type TestClient } from "./test-client";

const eras: Era[] = ["modern", "legacy"];
const unlimited = { PLUGBOARD_USER_PER_MINUTE: "0", PLUGBOARD_CONNECTION_PER_MINUTE: "0" };

let team: TestTeam;
let mcp: TestClient;

beforeAll(async () => {
  team = await createTeam();
  mcp = mcpClient(team, { env: unlimited });
  await connectServer(team, { name: "Modern" });
  await connectServer(team, { name: "Legacy", url: env.LEGACY_FIXTURE_URL });
});

const call = (name: string, args: JsonObject = {}, options: Parameters<TestClient>[2] = {}) =>
  mcp("tools/call", { name, arguments: args }, options);

async function seen(fault: FaultName) {
  const response = await fetch(`${env.FAULTS_URL}/f/${fault}/seen`);
  return response.json<{ calls: number; hangups: number; open: number }>();
}

async function connectFault(fault: FaultName, options = ""): Promise<void> {
  const url = `${env.FAULTS_URL}/f/${fault}/mcp${options}`;
  const connected = await connectServer(team, { name: fault, url });
  expect(connected.status).toBe(201);
}

const toolOf = (fault: FaultName, tool = "probe") =>
  `${fault.replaceAll("_", "-").slice(0, 20).replace(/-+$/, "")}__${tool}`;

async function setTimeLimit(exposedName: string, timeoutMs: number): Promise<void> {
  const { body } = await team.ask("/api/v1/tools?limit=200&query=probe");
  const tool = body.items.find((item: { exposedName: string }) => item.exposedName === exposedName);
  await team.ask(`/api/v1/tools/${tool.id}`, { method: "PATCH", body: { timeoutMs } });
}

async function lastExecution() {
  return (await team.ask("/api/v1/executions?limit=1")).body.items[0];
}

describe.each(eras)("a %s client", (era) => {
  const as = { era };

  it.each(["modern", "legacy"])("calls a tool of a %s server", async (server) => {
    const { status, headers, result } = await call(`${server}__add`, { a: 2, b: 3 }, as);
    expect(status).toBe(200);
    expect(headers.get("content-type")).toBe("application/json");
    expect(result).toMatchObject({
      structuredContent: { sum: 5 },
      content: [{ type: "text", text: '{"sum":5}' }],
    });
    expect(result.resultType).toBe(era === "modern" ? "complete" : undefined);
  });

  it.each(["modern", "legacy"])(
    "gets prompts, resources and completions of a %s server",
    async (server) => {
      const at = { era, path: `/mcp/c/${server}` };
      const prompt = await mcp(
        "prompts/get",
        { name: "test_prompt_with_arguments", arguments: { arg1: "a", arg2: "b" } },
        at,
      );
      expect(prompt.result.messages[0].content.text).toContain("arg1='a', arg2='b'");
      const resource = await mcp("resources/read", { uri: "test://static-text" }, at);
      expect(resource.result.contents).toMatchObject([
        { uri: "test://static-text", mimeType: "text/plain" },
      ]);
      expect(resource.result.cacheScope).toBe(era === "modern" ? "private" : undefined);
      const completed = await mcp(
        "completion/complete",
        {
          ref: { type: "ref/prompt", name: "test_prompt_with_arguments" },
          argument: { name: "arg1", value: "par" },
        },
        at,
      );
      expect(completed.result.completion.values).toEqual(["paris", "park", "party"]);
    },
  );

  it.each(["modern", "legacy"])(
    "hears the progress it asked for of a %s server, as a stream",
    async (server) => {
      const params = {
        name: `${server}__test_tool_with_progress`,
        arguments: {},
        _meta: { progressToken: "mine" },
      };
      const reply = await mcp("tools/call", params, as);
      expect(reply.headers.get("content-type")).toBe("text/event-stream");
      expect(reply.headers.get("x-accel-buffering")).toBe("no");
      expect(
        reply.notes.map(({ method, params: said }) => [method, said.progressToken, said.progress]),
      ).toEqual([
        ["notifications/progress", "mine", 0],
        ["notifications/progress", "mine", 50],
        ["notifications/progress", "mine", 100],
      ]);
      expect(reply.result.content[0].text).toBe("Progress reported");
    },
  );

  it.each(["modern", "legacy"])(
    "gets plain JSON of a %s server when it takes no stream",
    async (server) => {
      const params = {
        name: `${server}__test_tool_with_progress`,
        arguments: {},
        _meta: { progressToken: 1 },
      };
      const reply = await mcp("tools/call", params, { era, accept: "application/json" });
      expect(reply.headers.get("content-type")).toBe("application/json");
      expect(reply.result.content[0].text).toBe("Progress reported");
    },
  );

  it("hears no progress it did not ask for", async () => {
    await connectFault("sse_without_answer");
    const reply = await call(toolOf("sse_without_answer"), {}, as);
    expect(reply.headers.get("content-type")).toBe("application/json");
    expect(reply.result).toMatchObject({ isError: true });
    await team.ask(`/api/v1/connections/${toolOf("sse_without_answer").split("__")[0]}`, {
      method: "DELETE",
    });
  });

  it("reads invalid arguments as the tool's error, before the server is asked", async () => {
    const { result } = await call("modern__echo", { message: 7, other: true }, as);
    expect(result).toMatchObject({
      isError: true,
      _meta: { "io.plugboard/error": { code: "invalid_arguments" } },
    });
    expect(result.content[0].text).toContain("message");
    expect(result._meta["io.plugboard/error"]).not.toHaveProperty("executionId");
  });

  it("gets the tool's own error as it is", async () => {
    expect((await call("modern__test_error_handling", {}, as)).result).toMatchObject({
      isError: true,
      content: [{ type: "text", text: "This tool intentionally returns an error for testing" }],
    });
  });

  it.each([
    ["tools/call", { name: "modern__nothing" }],
    ["tools/call", { name: "x".repeat(5000) }],
    ["prompts/get", { name: "modern__nothing" }],
    ["resources/read", { uri: "nothing://here" }],
    [
      "completion/complete",
      { ref: { type: "ref/prompt", name: "nothing" }, argument: { name: "a", value: "" } },
    ],
    [
      "completion/complete",
      { ref: { type: "ref/resource", uri: "nothing://{a}" }, argument: { name: "a", value: "" } },
    ],
  ])("gets a clean error for what is not there: %s", async (method, params) => {
    const reply = await mcp(method, params, as);
    expect(reply).toMatchObject({
      status: 200,
      error: { code: rpcCode.invalidParams, data: { code: "not_found" } },
    });
  });

  it.each([
    ["tools/call", {}],
    ["tools/call", { name: "" }],
    ["tools/call", { name: ["modern__echo"] }],
    ["tools/call", { name: "modern__echo", arguments: [] }],
    ["tools/call", { name: "x".repeat(3_000_000) }],
    ["prompts/get", { name: 7 }],
    ["resources/read", {}],
    ["completion/complete", {}],
    ["completion/complete", { ref: {} }],
  ])("gets a clean error for what makes no sense: %s %#", async (method, params) => {
    const headers = { "mcp-name": "" };
    const reply = await mcp(
      method,
      params,
      era === "modern" && JSON.stringify(params).length < 100 ? as : { ...as, headers },
    );
    if (reply.status !== 400)
      expect(reply).toMatchObject({ status: 200, error: { code: rpcCode.invalidParams } });
    else expect(reply.error.code).toBe(rpcCode.headerMismatch);
  });

  it("is told when its limit is used up, and when to come again", async () => {
    const own = await createTeam();
    await connectServer(own, { name: "Modern" });
    const limited = mcpClient(own, { era, env: { ...unlimited, PLUGBOARD_USER_PER_MINUTE: "1" } });
    const echo = () => limited("tools/call", { name: "modern__echo", arguments: { message: "x" } });
    const first = await echo();
    expect(first.headers.get("ratelimit")).toBe('"person";r=0;t=60');
    const second = await echo();
    expect(second).toMatchObject({
      status: 200,
      error: {
        code: -32000,
        data: { code: "rate_limited", retryAfterSeconds: expect.any(Number) },
      },
    });
    expect(Number(second.headers.get("retry-after"))).toBeGreaterThan(50);
    expect((await limited("tools/list")).status).toBe(200);
  });
});

describe("the log of a server", () => {
  const log = (server: string, options: { era: Era; logLevel?: string }) => {
    const _meta =
      options.logLevel === undefined
        ? {}
        : { "io.modelcontextprotocol/logLevel": options.logLevel };
    return mcp(
      "tools/call",
      { name: `${server}__test_logging_tool`, arguments: {}, _meta },
      { era: options.era },
    );
  };
  const levelsOf = ({ notes }: { notes: { method: string; params: { level: string } }[] }) =>
    notes.map(({ params }) => params.level);

  it.each(["modern", "legacy"])(
    "of a %s server reaches a 2026-07-28 client from the level it names on, and else not",
    async (server) => {
      expect(levelsOf(await log(server, { era: "modern" }))).toEqual([]);
      expect(levelsOf(await log(server, { era: "modern", logLevel: "warning" }))).toEqual([
        "warning",
        "error",
      ]);
      expect(levelsOf(await log(server, { era: "modern", logLevel: "loud" }))).toEqual([]);
    },
  );

  it("reaches an older client from info on", async () => {
    expect(levelsOf(await log("modern", { era: "legacy" }))).toEqual(["info", "warning", "error"]);
    expect(levelsOf(await log("legacy", { era: "legacy" }))).toContain("error");
  });
});

describe("an argument that a header repeats", () => {
  const params = { name: "modern__test_header_parameter", arguments: { region: "eu" } };

  it("must be the same there, to a 2026-07-28 client", async () => {
    expect(
      (await mcp("tools/call", params, { headers: { "mcp-param-region": "eu" } })).result.content[0]
        .text,
    ).toContain("Region: eu");
    for (const headers of [{}, { "mcp-param-region": "us" }])
      expect(await mcp("tools/call", params, { headers })).toMatchObject({
        status: 400,
        error: { code: rpcCode.headerMismatch },
      });
  });

  it("is asked of no older client", async () => {
    expect((await mcp("tools/call", params, { era: "legacy" })).result.content[0].text).toContain(
      "Region: eu",
    );
  });
});

describe("what goes wrong at a server", () => {
  it.each([
    ["status_500", "upstream_error"],
    ["status_401", "upstream_unauthorized"],
    ["status_429", "upstream_error"],
    ["reset_before_headers", "upstream_unreachable"],
    ["invalid_json", "upstream_invalid"],
    ["html_login", "upstream_invalid"],
    ["result_without_content", "upstream_invalid"],
    ["sse_garbage", "upstream_invalid"],
    ["result_10mb", "upstream_too_large"],
    ["redirect_private", "outbound_refused"],
  ] as const)("%s is read by the model as %s, with the execution's id", async (fault, code) => {
    await connectFault(fault);
    for (const era of eras) {
      const { status, result } = await call(toolOf(fault), { text: "x" }, { era });
      expect(status).toBe(200);
      expect(result).toMatchObject({
        isError: true,
        content: [{ type: "text", text: expect.stringMatching(/\w+\./) }],
      });
      const told = result._meta["io.plugboard/error"];
      expect(told).toMatchObject({
        code,
        connection: toolOf(fault).split("__")[0],
        requestId: expect.stringMatching(/^req_/),
      });
      await expect
        .poll(async () => (await team.ask(`/api/v1/executions/${told.executionId}`)).body)
        .toMatchObject({ status: "failed", error: { code } });
    }
  });

  it("that takes too long is a time-out", async () => {
    await connectFault("hang");
    await setTimeLimit(toolOf("hang"), 200);
    const { result } = await call(toolOf("hang"));
    expect(result._meta["io.plugboard/error"]).toMatchObject({ code: "upstream_timeout" });
  });

  it("a JSON-RPC error of its own passes as one", async () => {
    await connectFault("error_in_200");
    const { status, error } = await call(toolOf("error_in_200"));
    expect(status).toBe(200);
    expect(error).toMatchObject({ code: expect.any(Number), message: expect.any(String) });
    expect((await call("modern__test_missing_capability")).status).toBe(400);
  });

  it("after it has begun to stream, the failure comes on the stream and ends it", async () => {
    await connectFault("sse_progress_endless", "?every=20");
    await setTimeLimit(toolOf("sse_progress_endless"), 300);
    const reply = await mcp("tools/call", {
      name: toolOf("sse_progress_endless"),
      arguments: {},
      _meta: { progressToken: "p" },
    });
    expect(reply.headers.get("content-type")).toBe("text/event-stream");
    expect(reply.notes.length).toBeGreaterThan(2);
    expect(reply.result).toMatchObject({
      isError: true,
      _meta: { "io.plugboard/error": { code: "upstream_timeout" } },
    });
  });
});

describe("a client that hangs up", () => {
  function send(params: JsonObject, signal?: AbortSignal) {
    const ctx = createExecutionContext();
    const { body, headers } = request(1, { era: "modern", method: "tools/call", params });
    const response = hub.fetch(
      new Request("http://127.0.0.1/mcp", {
        method: "POST",
        headers: {
          ...headers,
          authorization: `Bearer ${team.apiKey}`,
          "content-type": "application/json",
          accept: "application/json, text/event-stream",
        },
        body: JSON.stringify(body),
        ...(signal ? { signal } : {}),
      }),
      { ...env, ...unlimited },
      ctx,
    );
    return { response, done: () => waitOnExecutionContext(ctx) };
  }

  it("before the answer began cancels its call at the server", async () => {
    await connectFault("hang_after_headers");
    const name = toolOf("hang_after_headers");
    const before = await seen("hang_after_headers");
    const leaving = new AbortController();
    const sent = send({ name, arguments: {} }, leaving.signal);
    await expect.poll(async () => (await seen("hang_after_headers")).calls).toBe(before.calls + 1);
    leaving.abort();
    await (await sent.response).text();
    await sent.done();
    await expect
      .poll(lastExecution)
      .toMatchObject({ status: "cancelled", connectionSlug: name.split("__")[0] });
    await expect.poll(async () => (await seen("hang_after_headers")).open).toBe(0);
  });

  it("in the middle of a stream cancels it too", async () => {
    const name = toolOf("sse_progress_endless");
    await setTimeLimit(name, 30_000);
    const sent = send({ name, arguments: {}, _meta: { progressToken: "p" } });
    const response = await sent.response;
    const reader = response.body?.getReader();
    let heard = "";
    while (!heard.includes("data:"))
      heard += new TextDecoder().decode((await reader?.read())?.value);
    expect(readEvents(heard)[0]).toMatchObject({ method: "notifications/progress" });
    await reader?.cancel();
    await sent.done();
    await expect
      .poll(lastExecution)
      .toMatchObject({ status: "cancelled", connectionSlug: name.split("__")[0] });
    await expect.poll(async () => (await seen("sse_progress_endless")).open).toBe(0);
  });

  it("before it was heard calls nobody", async () => {
    const sent = send({ name: toolOf("hang_after_headers"), arguments: {} }, AbortSignal.abort());
    await (await sent.response).text();
    await sent.done();
    await expect.poll(lastExecution).toMatchObject({ status: "cancelled" });
  });
});

it("a call that is long in coming is kept alive as a stream", async () => {
  const reply = await call("modern__sleep", { ms: 1200 });
  expect(reply.headers.get("content-type")).toBe("text/event-stream");
  expect(reply.text).toMatch(/^: /);
  expect(reply.result.content[0].text).toBe("Slept 1200 ms");
});
