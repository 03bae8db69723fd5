import { slotEnd, type ConnectionTotals, type LedgerMetrics } from "../../ledger";
import type { Family, Sample } from "./format";

/** What is measured of one team, as its objects tell it. */
export type Measured = LedgerMetrics & {
  underWay: number;
  refusals: Record<string, number>;
  /** The breakers that are not closed. */
  breakers: readonly { connectionId: string; state: "open" | "half_open" }[];
};

/** So many connections have lines of their own, the oldest ones: that choice stays the same however many come. */
const mostNamed = 500;
/** No connection can be called so. */
const severalOthers = "(other)";
const deleted = "(deleted)";
/** What a call can take and still be in a bucket, in milliseconds: the ledger counts whole ones, up to below a power of two. */
const buckets = Array.from({ length: 15 }, (_, doubling) => 2 ** (doubling + 3) - 1);
const breakerStates = ["open", "half_open"] as const;

/** `slugs`: of the connections there are, by id. */
export function familiesOf(measured: Measured, slugs: ReadonlyMap<string, string>): Family[] {
  const calls = byLabel(measured.connections, slugs);
  return [
    {
      name: "plugboard_calls_total",
      help: "Calls that have ended, by connection and by how they ended.",
      type: "counter",
      samples: [...calls].flatMap(([connection, byStatus]) =>
        Object.entries(byStatus).map(([status, value]) => ({
          labels: { connection, status },
          value,
        })),
      ),
    },
    {
      name: "plugboard_call_duration_seconds",
      help: "How long calls took, from the hub's receiving them to their answer.",
      type: "histogram",
      samples: histogramOf(measured.connections),
    },
    gauge("plugboard_calls_running", "Calls under way.", [
      { labels: {}, value: measured.underWay },
    ]),
    gauge(
      "plugboard_jobs",
      "Jobs that wait or run.",
      Object.entries(measured.jobs).map(([status, value]) => ({ labels: { status }, value })),
    ),
    {
      name: "plugboard_refusals_total",
      help: "Calls refused before they were admitted, by why: whose limit and which, a server that fails, a vendor that asked to wait, too much at once.",
      type: "counter",
      samples: Object.entries(measured.refusals).map(([reason, value]) => ({
        labels: { reason },
        value,
      })),
    },
    gauge(
      "plugboard_breaker",
      "1 for a connection's circuit breaker that is in this state; those that are closed are not shown.",
      measured.breakers.flatMap(({ connectionId, state }) => {
        const connection = slugs.get(connectionId);
        return connection === undefined
          ? []
          : breakerStates.map((each) => ({
              labels: { connection, state: each },
              value: each === state ? 1 : 0,
            }));
      }),
    ),
  ];
}

function gauge(name: string, help: string, samples: Sample[]): Family {
  return { name, help, type: "gauge", samples };
}

function byLabel(
  connections: readonly ConnectionTotals[],
  slugs: ReadonlyMap<string, string>,
): Map<string, Record<string, number>> {
  const labelled = new Map<string, Record<string, number>>();
  let named = 0;
  for (const { connectionId, byStatus } of connections) {
    const slug = slugs.get(connectionId);
    // Whatever was deleted keeps its place among the named ones, so that none of the others moves into it.
    named += 1;
    const label = slug === undefined ? deleted : named > mostNamed ? severalOthers : slug;
    const sums = labelled.get(label) ?? {};
    for (const [status, calls] of Object.entries(byStatus))
      sums[status] = (sums[status] ?? 0) + calls;
    labelled.set(label, sums);
  }
  return labelled;
}

function histogramOf(connections: readonly ConnectionTotals[]): Sample[] {
  const atMost = buckets.map((): number => 0);
  let count = 0;
  let ms = 0;
  for (const connection of connections) {
    ms += connection.ms;
    for (const { slot, times } of connection.durations) {
      count += times;
      const longest = slotEnd(slot);
      buckets.forEach((bucket, at) => {
        if (longest <= bucket) atMost[at] = (atMost[at] ?? 0) + times;
      });
    }
  }
  return [
    ...buckets.map((bucket, at) => ({
      suffix: "_bucket",
      labels: { le: String(bucket / 1000) },
      value: atMost[at] ?? 0,
    })),
    { suffix: "_bucket", labels: { le: "+Inf" }, value: count },
    { suffix: "_sum", labels: {}, value: ms / 1000 },
    { suffix: "_count", labels: {}, value: count },
  ];
}
