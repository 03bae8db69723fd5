// Whether a call grows dearer while the windows of its limits, and the records, fill.
import { hubTargets, processesOf, startHub, type Upstreams } from "./gateways.ts";
import { measure } from "./load.ts";
import type { Options } from "./options.ts";
import { tell } from "./print.ts";

export type GrowthRow = {
  /** Calls the hub has taken before. */
  before: number;
  callsPerSecond: number;
  cpuPerCall: number | null;
  p50: number;
  p99: number;
  residentMb: number | null;
  errors: number;
};

/** One hub, one caller's identity, one connection, without a pause. */
export async function growUnderLoad(upstreams: Upstreams, options: Options): Promise<GrowthRow[]> {
  const hub = await startHub();
  const targets = await hubTargets(hub, upstreams, processesOf(hub));
  const target = targets.find(({ name }) => name === "hub REST");
  if (!target) return [];
  const rows: GrowthRow[] = [];
  const windowSeconds = 5;
  let before = 0;
  for (let passed = 0; passed < options.growthSeconds; passed += windowSeconds) {
    const slice = await measure(target, {
      concurrency: 16,
      seconds: windowSeconds - 0.1,
      warmSeconds: 0.1,
      ours: [upstreams.legacy.pid, upstreams.modern.pid],
    });
    const { callsPerSecond, cpuPerCall, p50, p99, residentMb, errors } = slice;
    rows.push({ before, callsPerSecond, cpuPerCall, p50, p99, residentMb, errors });
    before += slice.calls;
    tell(`growth ${passed} s: ${Math.round(callsPerSecond)}/s cpu ${cpuPerCall?.toFixed(0)} µs`);
  }
  await hub.stop();
  return rows;
}
