import { env } from "cloudflare:workers";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { mcpClient } from "../mcp/test-client";
import type { Context } from "../platform/context";
import { connectServer, createTeam, toolNamed, type TestTeam } from "../testing/team";
import { inAttemptTrace } from "./traced";

type Span = {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  kind: number;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  attributes: Record<string, unknown>;
  links?: { traceId: string; spanId: string }[];
  status?: { code: number; message: string };
};
// As OTLP has it.
type Otlp = {
  resourceSpans: {
    resource: { attributes: { key: string; value: object }[] };
    scopeSpans: {
      spans: (Omit<Span, "attributes"> & { attributes: { key: string; value: object }[] })[];
    }[];
  }[];
};

const traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
const callerSpan = "00f067aa0ba902b7";
const traceparent = `00-${traceId}-${callerSpan}-01`;

let team: TestTeam;
let collectors = 0;
/** A collector of its own for each test: what it was sent, and the settings that lead there. */
function collector(name = `c${(collectors += 1)}`) {
  const read = async () => {
    const response = await fetch(`${env.COLLECTOR_URL}/${name}`);
    return response.json<
      {
        at: string;
        headers: Record<string, string>;
        body: string;
      }[]
    >();
  };
  return {
    settings: { PLUGBOARD_OTLP_URL: `${env.COLLECTOR_URL}/${name}/v1/traces` },
    read,
    spans: async (): Promise<Span[]> =>
      (await read())
        .flatMap(({ body }) => (JSON.parse(body) as Otlp).resourceSpans)
        .flatMap(({ scopeSpans }) => scopeSpans)
        .flatMap(({ spans }) => spans)
        .map((span) => ({
          ...span,
          attributes: Object.fromEntries(
            span.attributes.map(({ key, value }) => [key, Object.values(value)[0]]),
          ),
        })),
  };
}

async function call(name: string, args: object, init: Parameters<TestTeam["ask"]>[1]) {
  const tool = await toolNamed(team, name);
  return team.ask(`/api/v1/tools/${tool.id}/call`, { body: { arguments: args }, ...init });
}

beforeAll(async () => {
  team = await createTeam();
  await connectServer(team, { headers: { Authorization: "Bearer sesame-of-the-server" } });
  await connectServer(team, { url: `${env.FAULTS_URL}/f/status_403/mcp`, name: "Failing" });
});
afterEach(() => vi.restoreAllMocks());

describe("the trace of a call", () => {
  it("goes on from the caller's to the server, each span in its parent", async () => {
    const collected = collector();
    const answer = await call(
      "whoami",
      {},
      { env: collected.settings, headers: { traceparent, tracestate: "a=1" } },
    );
    const spans = await collected.spans();
    const [request, execute, admit, upstream] = [
      "POST /api/v1/tools/:id/call",
      "execute",
      "gate.admit",
      "upstream tools/call",
    ].map((name) => spans.find((span) => span.name === name));
    expect(spans).toHaveLength(4);
    for (const span of spans) {
      expect(span.traceId).toBe(traceId);
      expect(span.spanId).toMatch(/^[0-9a-f]{16}$/);
      expect(BigInt(span.endTimeUnixNano)).toBeGreaterThanOrEqual(BigInt(span.startTimeUnixNano));
      expect(span.status).toBeUndefined();
    }
    expect(request).toMatchObject({
      parentSpanId: callerSpan,
      kind: 2,
      attributes: {
        "http.response.status_code": "200",
        "plugboard.team_id": team.id,
        "plugboard.request_id": answer.headers.get("x-request-id"),
      },
    });
    expect(execute).toMatchObject({
      parentSpanId: request?.spanId,
      attributes: {
        "plugboard.tool": "whoami",
        "plugboard.connection": "fixture",
        "plugboard.surface": "rest",
        "plugboard.status": "succeeded",
        "plugboard.execution_id": answer.body.execution.id,
      },
    });
    expect(admit).toMatchObject({
      parentSpanId: execute?.spanId,
      attributes: { "plugboard.admission": "admitted" },
    });
    expect(upstream).toMatchObject({ parentSpanId: execute?.spanId, kind: 3 });
    const told = JSON.parse(answer.body.result.content[0].text) as Record<string, string>;
    expect(told["traceparent"]).toBe(`00-${traceId}-${upstream?.spanId}-01`);
    expect(told["tracestate"]).toBe("a=1");
    const execution = `/api/v1/executions/${answer.body.execution.id}`;
    await expect
      .poll(async () => (await team.ask(execution)).body.context)
      .toMatchObject({ traceId, spanId: execute?.spanId });
  });

  it("holds nothing of what was handed in, answered, or kept secret", async () => {
    const collected = collector();
    const canary = "canary-in-the-arguments";
    const headers = { traceparent, cookie: "a=canary-cookie", "user-agent": "canary-agent" };
    expect(
      (await call("echo", { message: canary }, { env: collected.settings, headers })).text,
    ).toContain(canary);
    await call("whoami", {}, { env: collected.settings, headers });
    await team.ask("/api/v1/executions?query=canary-query", { env: collected.settings, headers });
    await team.ask("/api/v1/executions/exe_canary-in-the-path", {
      env: collected.settings,
      headers,
    });
    const sent = JSON.stringify(await collected.read());
    expect(sent).toContain("/api/v1/executions/:id");
    expect(sent).not.toMatch(/canary|sesame/);
    expect(sent).not.toContain(team.apiKey);
  });

  it("names the error it ended with", async () => {
    const collected = collector();
    const answer = await call("probe", {}, { env: collected.settings });
    expect(answer.status).toBeGreaterThanOrEqual(500);
    const { code } = answer.body.error;
    const spans = await collected.spans();
    expect(new Set(spans.map((span) => span.traceId)).size).toBe(1);
    for (const name of ["execute", "upstream tools/call"])
      expect(spans.find((span) => span.name === name)).toMatchObject({
        status: { code: 2, message: code },
        attributes: { "error.type": code },
      });
  });

  it("is taken from an MCP client's envelope, and handed to a server in it", async () => {
    const collected = collector();
    const seen: { headers: Headers; body: string }[] = [];
    const NET = {
      fetch: async (url: string, init: RequestInit) => {
        seen.push({ headers: new Headers(init.headers), body: init.body as string });
        return fetch(url, init);
      },
    } as unknown as Fetcher;
    const client = mcpClient(team, { env: { ...collected.settings, NET } });
    const { exposedName } = await toolNamed(team, "echo");
    const { result } = await client("tools/call", {
      name: exposedName,
      arguments: { message: "hi" },
      _meta: { traceparent, tracestate: "b=2", baggage: "kept=1" },
    });
    expect(result.isError).not.toBe(true);
    const spans = await collected.spans();
    expect(spans.map((span) => span.traceId)).toEqual(spans.map(() => traceId));
    const upstream = spans.find(({ name }) => name === "upstream tools/call");
    const ours = `00-${traceId}-${upstream?.spanId}-01`;
    const [sent] = seen.filter(({ body }) => body.includes('"tools/call"'));
    expect(sent?.headers.get("traceparent")).toBe(ours);
    expect((JSON.parse(sent?.body ?? "{}") as { params: object }).params).toMatchObject({
      _meta: { traceparent: ours, tracestate: "b=2", baggage: "kept=1" },
    });
    const executions = async () => (await team.ask("/api/v1/executions?surface=mcp")).body.items;
    await expect.poll(async () => (await executions())[0]?.context.traceId).toBe(traceId);
    expect((await executions())[0].context.client).toEqual(expect.any(String));
  });

  it("is not recorded where its caller does not record it, nor past the ratio, yet handed on", async () => {
    const collected = collector();
    const unsampled = traceparent.replace(/01$/, "00");
    const answer = await call(
      "whoami",
      {},
      { env: collected.settings, headers: { traceparent: unsampled } },
    );
    const none = { ...collected.settings, PLUGBOARD_TRACE_RATIO: "0" };
    await call("whoami", {}, { env: none });
    expect(await collected.read()).toEqual([]);
    const told = JSON.parse(answer.body.result.content[0].text) as Record<string, string>;
    expect(told["traceparent"]).toMatch(new RegExp(`^00-${traceId}-[0-9a-f]{16}-00$`));
  });

  it("is recorded no more often than the ratio has it, whatever its caller says", async () => {
    const collected = collector();
    // By its id the one is among the first half, and the other is not.
    const [within, past] = ["0f", "f0"].map((end) =>
      traceparent.replace("0e0e4736-", `${end}000000-`),
    );
    const settings = { ...collected.settings, PLUGBOARD_TRACE_RATIO: "0.5" };
    const { exposedName } = await toolNamed(team, "whoami");
    const client = mcpClient(team, { env: settings });
    for (const said of [within, past]) {
      await call("whoami", {}, { env: settings, headers: { traceparent: said ?? "" } });
      const _meta = { traceparent: said };
      await client("tools/call", { name: exposedName, arguments: {}, _meta });
    }
    const spans = await collected.spans();
    const named = spans.filter(({ name }) => name === "execute").map((span) => span.traceId);
    expect(named).toEqual([within, within].map((said) => said?.slice(3, 35)));
  });

  it("begins anew where the caller's is none", async () => {
    const collected = collector();
    await call(
      "whoami",
      {},
      { env: collected.settings, headers: { traceparent: "00-nonsense-01" } },
    );
    const spans = await collected.spans();
    const [id] = new Set(spans.map((span) => span.traceId));
    expect(id).toMatch(/^[0-9a-f]{32}$/);
    expect(spans.find(({ name }) => name.startsWith("POST"))?.parentSpanId).toBeUndefined();
  });
});

describe("the trace of a job", () => {
  it("is told in the job, and each attempt has one of its own that is linked to it", async () => {
    const collected = collector();
    const { id: toolId } = await toolNamed(team, "echo");
    const { body: job } = await team.ask("/api/v1/jobs", {
      body: { toolId, arguments: { message: "hi" } },
      headers: { traceparent },
      env: collected.settings,
    });
    expect(job.context).toMatchObject({ traceId, spanId: expect.stringMatching(/^[0-9a-f]{16}$/) });
    const request = (await collected.spans()).find(({ name }) => name.startsWith("POST"));
    expect(job.context.spanId).toBe(request?.spanId);
    const background: Promise<unknown>[] = [];
    const ctx = {
      env: { ...env, ...collected.settings },
      waitUntil: (work: Promise<unknown>) => void background.push(work),
    } as unknown as Context;
    const settings = { ...ctx, env: { ...ctx.env, PLUGBOARD_TRACE_RATIO: "0" } };
    await inAttemptTrace(settings, job.context, async ({ span }) => span?.set({ tried: 1 }));
    await inAttemptTrace(settings, {}, async () => undefined);
    await Promise.all(background);
    const attempts = (await collected.spans()).filter(({ name }) => name === "job attempt");
    expect(attempts).toHaveLength(1);
    expect(attempts[0]).toMatchObject({
      kind: 5,
      attributes: { tried: "1" },
      links: [{ traceId, spanId: request?.spanId }],
    });
    expect(attempts[0]?.traceId).not.toBe(traceId);
  });
});

describe("telling the collector", () => {
  it("shows it the headers it asks for, and it alone", async () => {
    const collected = collector();
    const settings = {
      ...collected.settings,
      PLUGBOARD_OTLP_HEADERS: "x-team=canary%20key, authorization=Basic%20abc=,,=nothing",
    };
    const answer = await call("whoami", {}, { env: settings });
    const [sent] = await collected.read();
    expect(sent?.at).toBe("v1/traces");
    expect(sent?.headers).toMatchObject({
      "x-team": "canary key",
      authorization: "Basic abc=",
      "content-type": "application/json",
    });
    expect(answer.text).not.toContain("canary key");
  });

  it.each([
    ["it refuses", "/broken/v1/traces"],
    ["nothing is there", "http://127.0.0.1:9/v1/traces"],
    ["the address is none", "no address"],
    ["the guard forbids it", "http://169.254.169.254/v1/traces"],
  ])("changes nothing for anybody where %s", async (_why, url) => {
    const said = vi.spyOn(console, "warn");
    const settings = { PLUGBOARD_OTLP_URL: url.startsWith("/") ? env.COLLECTOR_URL + url : url };
    const answer = await call("echo", { message: "hi" }, { env: settings });
    expect(answer).toMatchObject({ status: 200, body: { execution: { status: "succeeded" } } });
    // Once a minute at most, whatever number of them failed.
    expect(
      said.mock.calls.filter(([line]) => String(line).includes("export_failed")).length,
    ).toBeLessThan(2);
  });

  it("hears nothing, and no server does, where no collector is set", async () => {
    const begun = vi.spyOn(crypto, "getRandomValues");
    const answer = await call("whoami", {}, { headers: { traceparent } });
    const told = JSON.parse(answer.body.result.content[0].text) as Record<string, string>;
    expect(told["traceparent"]).toBeUndefined();
    expect(begun.mock.calls.filter(([bytes]) => (bytes as Uint8Array).length === 8)).toEqual([]);
  });
});
