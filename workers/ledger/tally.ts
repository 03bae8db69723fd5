import { ExecutionStatus } from "../../shared/contracts/executions";
import { slotOf, within, type Durations } from "./durations";
import type { Outcome } from "./records";

export type EndStatus = Outcome["status"];
export const endStatuses = ExecutionStatus.options.filter(
  (status): status is EndStatus => status !== "running",
);

/** What some executions came to: how many ended how, how long they took together, and each. */
export type Tally = { byStatus: Record<EndStatus, number>; ms: number; durations: Durations };

export const newTally = (): Tally => ({
  byStatus: { succeeded: 0, failed: 0, timed_out: 0, cancelled: 0, lost: 0 },
  ms: 0,
  durations: new Map(),
});

export function addOutcome(
  tally: Tally,
  { status, durationMs }: Pick<Outcome, "status" | "durationMs">,
): void {
  tally.byStatus[status] += 1;
  if (durationMs === null) return;
  const slot = slotOf(durationMs);
  tally.ms += Math.round(durationMs);
  tally.durations.set(slot, (tally.durations.get(slot) ?? 0) + 1);
}

export function addTo(tally: Tally, more: Tally): void {
  for (const status of endStatuses) tally.byStatus[status] += more.byStatus[status];
  tally.ms += more.ms;
  for (const [slot, n] of more.durations)
    tally.durations.set(slot, (tally.durations.get(slot) ?? 0) + n);
}

export function sumOf(tallies: Iterable<Tally>): Tally {
  const sum = newTally();
  for (const tally of tallies) addTo(sum, tally);
  return sum;
}

export const totalOf = ({ byStatus }: Tally): number =>
  endStatuses.reduce((total, status) => total + byStatus[status], 0);

/** The four numbers a chart shows. */
export function figuresOf(tally: Tally) {
  const { failed, timed_out: timedOut, lost } = tally.byStatus;
  return {
    total: totalOf(tally),
    failed: failed + timedOut + lost,
    p50Ms: within(0.5, tally.durations),
    p95Ms: within(0.95, tally.durations),
  };
}

/** As a row holds it: the counts by status, the sum, then each slot and how often. */
export const packed = ({ byStatus, ms, durations }: Tally): string =>
  JSON.stringify([...endStatuses.map((status) => byStatus[status]), ms, ...[...durations].flat()]);

export function unpacked(text: string): Tally {
  const numbers = JSON.parse(text) as number[];
  const tally = newTally();
  endStatuses.forEach((status, i) => (tally.byStatus[status] = numbers[i] ?? 0));
  tally.ms = numbers[endStatuses.length] ?? 0;
  for (let i = endStatuses.length + 1; i + 1 < numbers.length; i += 2)
    tally.durations.set(numbers[i] ?? 0, numbers[i + 1] ?? 0);
  return tally;
}
