import type { Execution } from "../../../shared/contracts/executions";
import { lowestIdAt } from "../../../shared/ids";

export const sampleTime = 1_793_232_000_000;

/** An execution for tests, begun `second` seconds after `sampleTime`. */
export function sampleExecution(second = 0, change: Partial<Execution> = {}): Execution {
  const startedAt = sampleTime + second * 1000;
  return {
    id: lowestIdAt("exe", startedAt),
    status: "succeeded",
    method: "tools/call",
    surface: "rest",
    toolId: "tool_echo",
    name: "echo",
    connectionId: "con_everything",
    connectionSlug: "everything",
    actor: { kind: "apiKey", id: "key_first", personId: "per_owner" },
    requestId: "req_1",
    context: {},
    startedAt,
    finishedAt: startedAt + 100,
    durationMs: 100,
    admittedMs: 3,
    upstreamMs: 90,
    error: null,
    ...change,
  };
}
