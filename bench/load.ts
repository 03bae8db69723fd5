// The load generator: so many callers, each with its own connection, each with one call under way.
import { cpuSeconds, machineCpu, residentMb } from "./processes.ts";
import { Wire } from "./wire.ts";

/** What is asked, and how an answer is told from a wrong one. */
export type Target = {
  name: string;
  port: number;
  /** The whole HTTP request of the k-th call. */
  request: (k: number) => string;
  /** What is wrong with the answer to the k-th call. */
  fault: (answer: { status: number; head: string; body: Buffer }, k: number) => string | undefined;
  /** The gateway's processes; none for the upstream itself. */
  pids: readonly number[];
};

export type Slice = {
  calls: number;
  callsPerSecond: number;
  /** Milliseconds until the whole answer is there. */
  p50: number;
  p95: number;
  p99: number;
  /** Microseconds of the gateway's processes for each call. */
  cpuPerCall: number | null;
  residentMb: number | null;
  errors: number;
  firstError: string | null;
  /** The share of the machine that others took meanwhile. */
  others: number;
};

export type Load = {
  concurrency: number;
  seconds: number;
  warmSeconds?: number;
  /** Further processes that work for this measurement. */
  ours?: readonly number[];
};

const maxErrors = 200;

export async function measure(target: Target, load: Load): Promise<Slice> {
  const { concurrency, seconds, warmSeconds = 0.4, ours = [] } = load;
  const latencies: number[] = [];
  let errors = 0;
  let firstError: string | null = null;
  let measuring = false;
  let next = 0;
  const until = performance.now() + (warmSeconds + seconds) * 1000;

  async function call(wire: Wire): Promise<void> {
    const k = next++;
    const began = performance.now();
    try {
      const answer = await wire.exchange(target.request(k));
      const took = performance.now() - began;
      const fault = target.fault(answer, k);
      if (fault !== undefined) throw new Error(fault);
      if (measuring) latencies.push(took);
    } catch (error) {
      errors += 1;
      firstError ??= (error as Error).message;
    }
  }

  const wires = Array.from({ length: concurrency }, () => new Wire(target.port));
  try {
    await Promise.all(wires.map((wire) => wire.open()));
    const callers = wires.map(async (wire) => {
      while (performance.now() < until && errors < maxErrors) await call(wire);
    });
    await sleep(warmSeconds * 1000);
    const before = readings(target.pids, ours);
    measuring = true;
    await sleep(Math.max(1, until - performance.now()));
    const after = readings(target.pids, ours);
    measuring = false;
    await Promise.race([Promise.all(callers), sleep(20_000)]);
    const calls = latencies.length;
    latencies.sort((a, b) => a - b);
    const at = (share: number) =>
      latencies[Math.min(calls - 1, Math.floor(share * calls))] ?? Number.NaN;
    const machine = after.machine.total - before.machine.total;
    const known = after.gateway - before.gateway + (after.ours - before.ours);
    return {
      calls,
      callsPerSecond: (calls / (after.at - before.at)) * 1000,
      p50: at(0.5),
      p95: at(0.95),
      p99: at(0.99),
      cpuPerCall:
        target.pids.length === 0 ? null : ((after.gateway - before.gateway) / calls) * 1e6,
      residentMb: target.pids.length === 0 ? null : residentMb(target.pids),
      errors,
      firstError,
      others: Math.max(0, (after.machine.busy - before.machine.busy - known) / machine),
    };
  } finally {
    for (const wire of wires) wire.close();
  }
}

function readings(gateway: readonly number[], ours: readonly number[]) {
  const own = process.cpuUsage();
  return {
    at: performance.now(),
    gateway: cpuSeconds(gateway),
    ours: cpuSeconds(ours) + (own.user + own.system) / 1e6,
    machine: machineCpu(),
  };
}

/** Measures again, twice at most, while others take much of the machine, and keeps the quietest. */
export async function measureQuietly(target: Target, load: Load): Promise<Slice> {
  let best = await measure(target, load);
  for (let repeats = 0; repeats < 2 && best.others > 0.25; repeats++) {
    const again = await measure(target, load);
    if (again.others < best.others) best = again;
  }
  return best;
}

export const sleep = (ms: number) => new Promise((wake) => setTimeout(wake, ms));

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}
