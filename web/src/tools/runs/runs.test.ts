import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { CallEvent } from "../../../../shared/contracts/calls";
import { callTool, type Outcome } from "./call-tool";
import { advanced, mostLogs, newRun, type Run } from "./run-state";

const encoder = new TextEncoder();
const answered = {
  execution: { id: "exe_1", status: "succeeded", durationMs: 5 },
  result: { content: [] },
};
const refusal = {
  error: {
    code: "upstream_timeout",
    message: "Too slow.",
    requestId: "req_1",
    details: { executionId: "exe_1" },
  },
};
const event = (name: string, data: unknown) => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
const started = event("started", { executionId: "exe_1", requestId: "req_1" });

/** A stream that says these pieces, and then ends or breaks. */
const stream = (pieces: string[], breaks = false) =>
  new ReadableStream<Uint8Array>({
    async start(controller) {
      for (const piece of pieces) {
        await Promise.resolve();
        controller.enqueue(encoder.encode(piece));
      }
      if (breaks) controller.error(new TypeError("network error"));
      else controller.close();
    },
  });
const streamed = (...pieces: string[]) =>
  new Response(stream(pieces), { headers: { "content-type": "text/event-stream; charset=utf-8" } });
const json = (status: number, body: unknown, headers = {}) =>
  new Response(JSON.stringify(body), {
    status,
    headers: { "content-type": "application/json", ...headers },
  });

async function run(
  respond: (request: Request) => Response | Promise<Response>,
  signal = new AbortController().signal,
) {
  const told: CallEvent[] = [];
  const outcome = await callTool(
    { toolId: "tool_1", args: { a: 1 }, idempotencyKey: "key-1", signal },
    (event) => told.push(event),
    (async (request: Request) => respond(request)) as typeof fetch,
  );
  return { outcome, told };
}

beforeEach(() => vi.stubGlobal("location", { origin: "http://hub.test" }));
afterEach(() => vi.unstubAllGlobals());

describe("a streamed call", () => {
  it("asks for a stream, once, with its key", async () => {
    let asked: Request | undefined;
    await run((request) => {
      asked = request;
      return streamed();
    });
    expect(asked?.url).toBe("http://hub.test/api/v1/tools/tool_1/call");
    expect(asked?.headers.get("accept")).toBe("text/event-stream");
    expect(asked?.headers.get("idempotency-key")).toBe("key-1");
    expect(await asked?.json()).toEqual({ arguments: { a: 1 } });
  });

  it("names the call that it repeats", async () => {
    let asked: Request | undefined;
    const signal = new AbortController().signal;
    await callTool(
      { toolId: "tool_1", args: { a: 2 }, replayOf: "exe_1", idempotencyKey: "key-1", signal },
      () => undefined,
      (async (request: Request) => {
        asked = request;
        return streamed();
      }) as typeof fetch,
    );
    expect(asked?.url).toBe("http://hub.test/api/v1/executions/exe_1/replay");
    expect(asked?.headers.get("accept")).toBe("text/event-stream");
    expect(await asked?.json()).toEqual({ arguments: { a: 2 } });
  });

  it.each<[string, string[], Outcome["kind"], string[]]>([
    ["a result", [started, event("result", answered)], "answered", ["started"]],
    [
      "keep-alives, which say nothing",
      [": keep-alive\n\n", started, ": keep-alive\n\n", event("result", answered)],
      "answered",
      ["started"],
    ],
    [
      "progress and log lines",
      [
        started,
        event("progress", { progress: 1, total: 2 }),
        event("log", { level: "info", data: { a: 1 } }),
        event("result", answered),
      ],
      "answered",
      ["started", "progress", "log"],
    ],
    ["an error", [started, event("error", refusal)], "refused", ["started"]],
    [
      "events nobody knows, and broken ones",
      [
        started,
        event("weather", {}),
        "event: log\ndata: {oops\n\n",
        event("progress", { progress: "x" }),
        event("result", answered),
      ],
      "answered",
      ["started"],
    ],
    [
      "pieces cut anywhere",
      (started + event("result", answered)).split(""),
      "answered",
      ["started"],
    ],
    ["no end", [started], "broken", ["started"]],
    ["nothing", [], "broken", []],
    ["half a result", [started, `event: result\ndata: {"exec`], "broken", ["started"]],
  ])("with %s", async (_, pieces, kind, names) => {
    const { outcome, told } = await run(() => streamed(...pieces));
    expect(outcome.kind).toBe(kind);
    expect(told.map(({ event }) => event)).toEqual(names);
  });

  it("may break off in the middle", async () => {
    const body = stream([started], true);
    const { outcome } = await run(
      () => new Response(body, { headers: { "content-type": "text/event-stream" } }),
    );
    expect(outcome.kind).toBe("broken");
  });

  it("may be refused before it starts, with a time to wait", async () => {
    const limited = { error: { code: "rate_limited", message: "Wait.", requestId: "req_1" } };
    const { outcome } = await run(() => json(429, limited, { "retry-after": "12" }));
    expect(outcome).toMatchObject({
      kind: "refused",
      retryAfterSeconds: 12,
      error: { code: "rate_limited", status: 429, requestId: "req_1" },
    });
  });

  it("may be answered without a stream", async () => {
    expect((await run(() => json(200, answered))).outcome).toEqual({
      kind: "answered",
      call: answered,
    });
  });

  it("may not reach the hub", async () => {
    const { outcome } = await run(() => Promise.reject(new TypeError("Failed to fetch")));
    expect(outcome.kind).toBe("unreachable");
  });

  it("may be cancelled, before and while it runs", async () => {
    const abort = new AbortController();
    abort.abort();
    expect(
      (await run(() => Promise.reject(abort.signal.reason as Error), abort.signal)).outcome.kind,
    ).toBe("cancelled");
    const later = new AbortController();
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(encoder.encode(started));
        later.signal.addEventListener("abort", () => controller.error(later.signal.reason));
      },
    });
    const running = run(
      () => new Response(body, { headers: { "content-type": "text/event-stream" } }),
      later.signal,
    );
    setTimeout(() => later.abort(), 5);
    expect((await running).outcome.kind).toBe("cancelled");
  });

  it("takes ten megabytes in small pieces", async () => {
    const text = event("result", {
      ...answered,
      result: { content: [{ type: "text", text: "x".repeat(10_000_000) }] },
    });
    const pieces = Array.from({ length: Math.ceil(text.length / 16_384) }, (_, at) =>
      text.slice(at * 16_384, (at + 1) * 16_384),
    );
    const begun = performance.now();
    expect((await run(() => streamed(...pieces))).outcome.kind).toBe("answered");
    expect(performance.now() - begun).toBeLessThan(3000);
  });
});

describe("a run", () => {
  const begun = newRun({ toolId: "tool_1", args: {}, idempotencyKey: "k" }, 1000);
  const after = (...told: CallEvent[]): Run =>
    told.reduce(
      (run, event, at) => advanced(run, { type: "told", at: 1000 + at, told: event }),
      begun,
    );
  const log = (data: unknown): CallEvent => ({ event: "log", data: { level: "info", data } });

  it("learns its ids", () => {
    expect(
      after({ event: "started", data: { executionId: "exe_1", requestId: "req_1" } }),
    ).toMatchObject({ executionId: "exe_1", requestId: "req_1" });
  });

  it("keeps the last lines of its log, and counts them all", () => {
    const run = after(...Array.from({ length: mostLogs + 20 }, (_, at) => log(at)));
    expect(run.logs).toHaveLength(mostLogs);
    expect(run.logs[0]?.data).toBe(20);
    expect(run.logCount).toBe(mostLogs + 20);
  });

  it("ends once", () => {
    const ended = advanced(begun, { type: "ended", at: 1500, outcome: { kind: "broken" } });
    expect(ended.endedAt).toBe(1500);
    expect(advanced(ended, { type: "ended", at: 1600, outcome: { kind: "cancelled" } })).toBe(
      ended,
    );
    expect(advanced(ended, { type: "told", at: 1600, told: log("late") })).toBe(ended);
  });

  it("learns its execution from a refusal that names it", async () => {
    const { outcome } = await run(() => json(504, refusal));
    expect(advanced(begun, { type: "ended", at: 1, outcome }).executionId).toBe("exe_1");
  });
});
