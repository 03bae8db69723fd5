// What processes cost, from Linux's /proc.
import { existsSync, readdirSync, readFileSync } from "node:fs";

const ticksPerSecond = 100;
const pageBytes = 4096;

/** Fields of /proc/<pid>/stat from the third on; the second is a name that may hold anything. */
function statOf(pid: number): string[] | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "latin1");
    return text.slice(text.lastIndexOf(")") + 2).split(" ");
  } catch {
    return undefined;
  }
}

/** A process and all its descendants. */
export function treeOf(root: number): number[] {
  const children = new Map<number, number[]>();
  for (const entry of readdirSync("/proc")) {
    if (!/^\d+$/.test(entry)) continue;
    const parent = Number(statOf(Number(entry))?.[1]);
    children.set(parent, [...(children.get(parent) ?? []), Number(entry)]);
  }
  const found: number[] = [];
  const waiting = [root];
  for (let pid = waiting.pop(); pid !== undefined; pid = waiting.pop()) {
    if (existsSync(`/proc/${pid}`)) found.push(pid);
    waiting.push(...(children.get(pid) ?? []));
  }
  return found;
}

/** User and system time so far, in seconds. */
export function cpuSeconds(pids: readonly number[]): number {
  let ticks = 0;
  for (const pid of pids) {
    const stat = statOf(pid);
    ticks += Number(stat?.[11] ?? 0) + Number(stat?.[12] ?? 0);
  }
  return ticks / ticksPerSecond;
}

/** Resident memory in MiB; pages that processes share count in each. */
export function residentMb(pids: readonly number[]): number {
  let pages = 0;
  for (const pid of pids) pages += Number(statOf(pid)?.[21] ?? 0);
  return (pages * pageBytes) / 1024 / 1024;
}

/** CPU time of the whole machine so far, in seconds. */
export function machineCpu(): { busy: number; total: number } {
  const [first = ""] = readFileSync("/proc/stat", "latin1").split("\n", 1);
  const times = first.trim().split(/\s+/).slice(1, 9).map(Number);
  const total = times.reduce((sum, time) => sum + time, 0);
  const idle = (times[3] ?? 0) + (times[4] ?? 0);
  return { busy: (total - idle) / ticksPerSecond, total: total / ticksPerSecond };
}
