import { describe, expect, it } from "vitest";
import type { Execution } from "../../../shared/contracts/executions";
import { readMemory } from "./memory";
import { doneSteps, nextStep } from "./steps";

const execution = (id: string, change: Partial<Execution> = {}): Execution => ({
  id,
  status: "succeeded",
  method: "tools/call",
  surface: "rest",
  toolId: null,
  name: "echo",
  connectionId: "con_1",
  connectionSlug: "tickets",
  actor: { kind: "user", id: "per_1", personId: "per_1" },
  requestId: "req_1",
  context: {},
  startedAt: 0,
  finishedAt: null,
  durationMs: null,
  admittedMs: null,
  upstreamMs: null,
  error: null,
  ...change,
});
const byKey = { actor: { kind: "apiKey", id: "key_1", personId: "per_1" } } as const;

describe("the way in", () => {
  const nothing = { connections: [], calls: [], clients: [], restCalls: [] };

  it("begins with a connection", () => {
    expect(doneSteps(nothing, [])).toEqual([]);
    expect(nextStep([])).toBe("connect");
  });

  it("goes on at the first step that is open, whatever was done out of order", () => {
    const done = doneSteps({ ...nothing, connections: [1], clients: [1] }, []);
    expect(done).toEqual(["connect", "client"]);
    expect(nextStep(done)).toBe("try");
  });

  it("takes a program's call for automation, and no call of this dashboard", () => {
    const here = execution("exe_1");
    expect(doneSteps({ ...nothing, restCalls: [here] }, [])).toEqual([]);
    expect(doneSteps({ ...nothing, restCalls: [here, execution("exe_0", byKey)] }, [])).toEqual([
      "automate",
    ]);
    const overMcp = execution("exe_2", { ...byKey, surface: "mcp" });
    expect(doneSteps({ ...nothing, restCalls: [overMcp] }, [])).toEqual([]);
  });

  it("remembers a program's call, and asks anew for all else", () => {
    expect(doneSteps(nothing, ["connect", "automate"])).toEqual(["automate"]);
    expect(nextStep(["connect", "try", "client", "automate"])).toBeUndefined();
  });
});

it.each([
  ['{"done":["try","connect","other"],"open":true}', { done: ["connect", "try"], open: true }],
  ['{"done":[]}', { done: [], open: false }],
  ["{}", undefined],
  ["null", undefined],
  ["no json", undefined],
  [null, undefined],
])("reads the memory %j as %j", (text, memory) => {
  expect(readMemory(text)).toEqual(memory);
});
