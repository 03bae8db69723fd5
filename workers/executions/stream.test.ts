import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { scriptedServer } from "../connections/scripted-server";
import { CallEvent } from "../../shared/contracts/calls";
import hub from "../index";
import {
  connectServer,
  createTeam,
  toolNamed,
  type TestAnswer,
  type TestTeam,
} from "../testing/team";

const accept = { accept: "text/event-stream" };

/** Every event is read as the contract has it. */
function eventsOf({ text }: Pick<TestAnswer, "text">): CallEvent[] {
  return text.split("\n\n").flatMap((block) => {
    const [, event, data] = /^event: (\w+)\ndata: (.*)$/.exec(block) ?? [];
    return data === undefined ? [] : [CallEvent.parse({ event, data: JSON.parse(data) })];
  });
}
const namesOf = (answer: TestAnswer) => eventsOf(answer).map(({ event }) => event);

let team: TestTeam;
beforeEach(async () => {
  team = await createTeam();
  await connectServer(team);
});

async function stream(name: string, args: object = {}, headers: Record<string, string> = {}) {
  const tool = await toolNamed(team, name);
  return team.ask(`/api/v1/tools/${tool.id}/call`, {
    body: { arguments: args },
    headers: { ...accept, ...headers },
  });
}

describe("a call that streams", () => {
  it("does so only for whoever takes nothing else", async () => {
    for (const both of [
      "application/json, text/event-stream",
      "text/event-stream, application/json",
    ]) {
      const answer = await stream("add", { a: 1, b: 2 }, { accept: both });
      expect(answer.headers.get("content-type")).toBe("application/json");
      expect(answer.body.execution.status).toBe("succeeded");
    }
  });

  it("tells of its admission, then of its result, and is recorded as any other", async () => {
    const answer = await stream("add", { a: 1, b: 2 });
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toBe("text/event-stream");
    expect(answer.headers.get("ratelimit")).toContain('"person";r=');
    const [started, result] = eventsOf(answer);
    expect(started).toEqual({
      event: "started",
      data: {
        executionId: expect.stringMatching(/^exe_/),
        requestId: answer.headers.get("x-request-id"),
      },
    });
    const id = started?.event === "started" ? started.data.executionId : "";
    expect(result).toMatchObject({
      event: "result",
      data: { execution: { id, status: "succeeded" }, result: { structuredContent: { sum: 3 } } },
    });
    const recorded = async () => (await team.ask(`/api/v1/executions/${id}`)).body;
    await expect.poll(async () => (await recorded()).status).toBe("succeeded");
    const body = await recorded();
    expect(body).toMatchObject({ surface: "rest", upstreamMs: expect.any(Number) });
    expect(body.admittedMs).toBeGreaterThanOrEqual(0);
    expect(body.admittedMs + body.upstreamMs).toBeLessThanOrEqual(body.durationMs);
  });

  it.each(["modern", "legacy"])("passes on what a %s server says on the way", async (era) => {
    const url = era === "modern" ? env.FIXTURE_URL : env.LEGACY_FIXTURE_URL;
    team = await createTeam();
    await connectServer(team, { url });
    expect(eventsOf(await stream("test_tool_with_progress")).slice(1, -1)).toEqual(
      [0, 50, 100].map((progress) => ({ event: "progress", data: { progress, total: 100 } })),
    );
    const logged = eventsOf(await stream("test_tool_with_logging")).slice(1, -1);
    expect(logged).toHaveLength(3);
    for (const event of logged)
      expect(event).toMatchObject({
        event: "log",
        data: { level: "info", data: expect.any(String) },
      });
  });

  it("gives a tool's own error as a result, and what the server or the hub refuses as an error", async () => {
    expect(eventsOf(await stream("test_error_handling")).at(-1)).toMatchObject({
      event: "result",
      data: { execution: { status: "failed" }, result: { isError: true } },
    });
    const failed = await stream("test_input_required_result_elicitation");
    expect(namesOf(failed)).toEqual(["started", "error"]);
    expect(eventsOf(failed).at(-1)).toMatchObject({
      event: "error",
      data: {
        error: {
          code: "tool_needs_input",
          requestId: failed.headers.get("x-request-id"),
          details: { executionId: expect.stringMatching(/^exe_/) },
        },
      },
    });
  });

  it("answers what is refused before it is admitted as a call without a stream does", async () => {
    const wrong = await stream("echo", { message: 7 });
    expect(wrong).toMatchObject({ status: 400, body: { error: { code: "invalid_arguments" } } });
    expect(wrong.headers.get("content-type")).toContain("application/json");
    const path = "/api/v1/tools/tool_nobody/call";
    expect((await team.ask(path, { body: {}, headers: accept })).status).toBe(404);
    const once = { PLUGBOARD_USER_PER_MINUTE: "1" } as unknown as Partial<Env>;
    const right = { body: { arguments: { message: "hi" } }, headers: accept, env: once };
    const echo = `/api/v1/tools/${(await toolNamed(team, "echo")).id}/call`;
    expect((await team.ask(echo, right)).status).toBe(200);
    const limited = await team.ask(echo, right);
    expect(limited).toMatchObject({ status: 429, body: { error: { code: "rate_limited" } } });
    expect(limited.headers.get("retry-after")).not.toBeNull();
  });

  it("gives the first answer again under the same Idempotency-Key", async () => {
    const key = { "idempotency-key": "stream-1" };
    const first = eventsOf(await stream("add", { a: 2, b: 2 }, key));
    const id = first[0]?.event === "started" ? first[0].data.executionId : "";
    await expect
      .poll(async () => (await team.ask(`/api/v1/executions/${id}`)).body.status)
      .toBe("succeeded");
    const again = eventsOf(await stream("add", { a: 2, b: 2 }, key));
    expect(again[0]).toMatchObject({ event: "started", data: { executionId: id } });
    expect(again.slice(1)).toEqual(first.slice(1));
    expect((await stream("add", { a: 2, b: 3 }, key)).status).toBe(422);
  });

  it("cuts what is too long, and leaves out what is no progress of its own", async () => {
    const long = "x".repeat(100_000);
    const server = scriptedServer({
      tools: [{ name: "chatty", inputSchema: { type: "object" } }],
      instead: ({ id, method, params }) => {
        if (method !== "tools/call") return undefined;
        const token = (params["_meta"] as Record<string, unknown>)["progressToken"];
        const note = (kind: string, said: object) => ({
          jsonrpc: "2.0",
          method: `notifications/${kind}`,
          params: said,
        });
        const said = [
          note("progress", { progressToken: "another", progress: 1 }),
          note("progress", { progressToken: token, progress: "much" }),
          note("progress", { progressToken: token, progress: 1, message: long, more: long }),
          note("message", { level: "info", logger: "l", data: { long } }),
          note("message", { data: "of no level" }),
          note("tools/list_changed", {}),
          {
            jsonrpc: "2.0",
            id,
            result: { resultType: "complete", content: [{ type: "text", text: "\n\ndata: {}" }] },
          },
        ];
        return new Response(said.map((data) => `data: ${JSON.stringify(data)}\n\n`).join(""), {
          headers: { "content-type": "text/event-stream" },
        });
      },
    });
    team = await createTeam();
    await team.ask("/api/v1/connections", {
      body: { connector: "mcp", name: "Scripted", config: { url: server.url } },
      env: server.env,
    });
    const { id } = await toolNamed(team, "chatty");
    const events = eventsOf(
      await team.ask(`/api/v1/tools/${id}/call`, { body: {}, headers: accept, env: server.env }),
    );
    expect(events).toMatchObject([
      { event: "started" },
      { event: "progress", data: { progress: 1, message: "x".repeat(16_384) } },
      { event: "log", data: { level: "info", logger: "l", data: { truncated: true } } },
      { event: "result", data: { result: { content: [{ text: "\n\ndata: {}" }] } } },
    ]);
    for (const event of events) expect(JSON.stringify(event).length).toBeLessThan(17_000);
  });
});

describe("a stream that somebody reads as it comes", () => {
  async function open(connection: { url?: string; name?: string }, name: string, args: object) {
    team = await createTeam();
    await connectServer(team, connection);
    const tool = await toolNamed(team, name);
    const ctx = createExecutionContext();
    const request = new Request(`http://127.0.0.1/api/v1/tools/${tool.id}/call`, {
      method: "POST",
      headers: {
        ...accept,
        authorization: `Bearer ${team.apiKey}`,
        "content-type": "application/json",
      },
      body: JSON.stringify({ arguments: args }),
    });
    const response = await hub.fetch(request, env, ctx);
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    if (!reader) throw new Error("no stream");
    return { reader, ctx };
  }

  it("is never silent for longer than half a second, though the server is", async () => {
    const { reader, ctx } = await open({}, "sleep", { ms: 4000 });
    const said: { text: string; at: number }[] = [];
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      said.push({ text: value, at: Date.now() });
    }
    await waitOnExecutionContext(ctx);
    const gaps = said.slice(1).map(({ at }, i) => at - (said[i]?.at ?? 0));
    // A machine that stalls makes one of them long, not half of them.
    expect(gaps.toSorted((one, other) => one - other)[gaps.length >> 1]).toBeLessThan(900);
    expect(Math.max(...gaps)).toBeLessThan(2500);
    expect(said.filter(({ text }) => text === ": keep-alive\n\n").length).toBeGreaterThanOrEqual(3);
    expect(said.map(({ text }) => text).join("")).toMatch(/event: result\n/);
  });

  it("cancels the call when its reader hangs up, and the server is left alone", async () => {
    const seen = async (): Promise<{ calls: number; hangups: number }> =>
      (await fetch(`${env.FAULTS_URL}/f/hang/seen`)).json();
    const before = await seen();
    const hang = { url: `${env.FAULTS_URL}/f/hang/mcp`, name: "hang" };
    const { reader, ctx } = await open(hang, "probe", {});
    let text = "";
    while (!text.includes("started")) text += (await reader.read()).value ?? "";
    await expect.poll(async () => (await seen()).calls).toBe(before.calls + 1);
    await reader.cancel();
    await waitOnExecutionContext(ctx);
    await expect
      .poll(async () => (await team.ask("/api/v1/executions")).body.items)
      .toMatchObject([{ status: "cancelled", error: { code: "cancelled" } }]);
    await expect.poll(async () => (await seen()).hangups).toBe(before.hangups + 1);
  });
});
