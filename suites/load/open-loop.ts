// Calls that set out at their time, whether or not those before have been answered: what waits shows in the latency.
import type { Called } from "../hub-process.ts";

export type Sent = { n: number; ms: number; outcome: string; status: number; text: string };

export async function openLoop({
  calls,
  perSecond,
  send,
  first = 0,
}: {
  calls: number;
  perSecond: number;
  send: (n: number) => Promise<Called>;
  /** The number of the first call. */
  first?: number;
}): Promise<Sent[]> {
  const began = performance.now();
  const pending: Promise<Sent>[] = [];
  for (let i = 0; i < calls; i++) {
    const due = began + (i * 1000) / perSecond;
    const early = due - performance.now();
    if (early > 1) await new Promise((wake) => setTimeout(wake, early));
    pending.push(timed(first + i, send));
  }
  return Promise.all(pending);
}

async function timed(n: number, send: (n: number) => Promise<Called>): Promise<Sent> {
  const began = performance.now();
  try {
    const { outcome, status, text } = await send(n);
    return { n, ms: performance.now() - began, outcome, status, text };
  } catch (error) {
    return { n, ms: performance.now() - began, outcome: String(error), status: 0, text: "" };
  }
}

/** The value that this share of them does not pass. */
export function within(share: number, values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

/** How many of each outcome, for a sentence. */
export function outcomesOf(sent: readonly Pick<Sent, "outcome" | "status">[]): string {
  const counts = new Map<string, number>();
  for (const { outcome, status } of sent) {
    const kind = `${outcome} (${status})`;
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return [...counts].map(([kind, count]) => `${count} × ${kind}`).join(", ");
}
