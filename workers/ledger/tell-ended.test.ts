import { afterEach, expect, it, vi } from "vitest";
import type { Ended } from "./rollups";
import { tellEnded } from "./tell-ended";

const of = (toolId: string | null, name: string): Ended => ({
  intent: {
    method: toolId === null ? "resources/read" : "tools/call",
    surface: "rest",
    toolId,
    name,
    connectionId: "con_1",
    connectionSlug: "tickets",
    actor: { kind: "apiKey", id: "key_1", personId: "per_1" },
    requestId: "req_1",
    context: { traceId: "t", jobId: "job_1" },
    startedAt: 1000,
  },
  outcome: {
    status: "failed",
    finishedAt: 1142,
    durationMs: 142,
    admittedMs: 3,
    upstreamMs: 136,
    error: { code: "tool_error", message: "It said canary." },
  },
});
const ended = new Map([
  ["exe_1", of("tool_1", "create_ticket")],
  ["exe_2", of(null, "file:///canary")],
]);
const settings = (set: Partial<Env>) => ({ PLUGBOARD_LOG_EXECUTIONS: "false", ...set }) as Env;

afterEach(() => vi.restoreAllMocks());

it("writes a data point for each execution that has ended where a dataset is bound", () => {
  const points: AnalyticsEngineDataPoint[] = [];
  const CALLS = { writeDataPoint: (point: AnalyticsEngineDataPoint) => void points.push(point) };
  const said = vi.spyOn(console, "info");
  tellEnded(settings({ CALLS }), "team_1", ended);
  expect(points).toEqual([
    {
      indexes: ["team_1"],
      blobs: ["create_ticket", "tickets", "failed", "rest", "tool_error"],
      doubles: [142, 136, 3],
    },
    {
      indexes: ["team_1"],
      blobs: ["resources/read", "tickets", "failed", "rest", "tool_error"],
      doubles: [142, 136, 3],
    },
  ]);
  expect(said).not.toHaveBeenCalled();
});

it("logs a line for each where the deployment wants it: ids and numbers, no words of anybody", () => {
  const said = vi.spyOn(console, "info").mockImplementation(() => {});
  tellEnded(settings({ PLUGBOARD_LOG_EXECUTIONS: "true" }), "team_1", ended);
  const lines = said.mock.calls.map(([line]) => JSON.parse(String(line)) as object);
  expect(lines).toHaveLength(2);
  expect(lines[0]).toMatchObject({
    event: "execution.finished",
    teamId: "team_1",
    executionId: "exe_1",
    requestId: "req_1",
    traceId: "t",
    jobId: "job_1",
    tool: "create_ticket",
    connection: "tickets",
    status: "failed",
    code: "tool_error",
    durationMs: 142,
  });
  expect(JSON.stringify(lines)).not.toContain("canary");
});

it("throws nothing when the dataset does", () => {
  const CALLS = {
    writeDataPoint: () => {
      throw new Error("Too many.");
    },
  };
  vi.spyOn(console, "warn").mockImplementation(() => {});
  expect(() => tellEnded(settings({ CALLS }), "team_1", ended)).not.toThrow();
});
