// How many calls each way takes a second, how long they take, and what they cost.
import {
  directTarget,
  forwarderTarget,
  hubTargets,
  processesOf,
  startHub,
  type Upstreams,
} from "./gateways.ts";
import { measureQuietly, median, type Slice, type Target } from "./load.ts";
import type { Options } from "./options.ts";
import { tell } from "./print.ts";

export type CallRow = {
  target: string;
  concurrency: number;
  callsPerSecond: number;
  /** Calls a second, as a share of the forwarder's in the same round. */
  ofForwarder: number | null;
  p50: number;
  p95: number;
  p99: number;
  /** Milliseconds at the median that come on top of the direct call, of the same round. */
  addedP50: number | null;
  cpuPerCall: number | null;
  /** CPU a call, in forwarder's calls of the same round: what other people's load on the machine disturbs least. */
  cpuOfForwarder: number | null;
  residentMb: number | null;
  errors: number;
  firstError: string | null;
  /** The noisiest slice's share of others. */
  others: number;
  slices: Slice[];
};

const concurrencies = [1, 16, 64];

export async function compareCalls(upstreams: Upstreams, options: Options): Promise<CallRow[]> {
  const hub = await startHub();
  const targets = [
    directTarget(upstreams),
    await forwarderTarget(upstreams, "net"),
    ...(options.quick ? [] : [await forwarderTarget(upstreams, "plain")]),
    ...(await hubTargets(hub, upstreams, processesOf(hub))),
  ];
  const ours = [upstreams.legacy.pid, upstreams.modern.pid];
  // Everything is compiled and every cache filled before the first slice that counts.
  for (const target of targets) await measureQuietly(target, { concurrency: 16, seconds: 1, ours });
  const slices = new Map<string, Slice[]>();
  const key = (target: Target, concurrency: number) => `${target.name} ${concurrency}`;
  for (let round = 0; round < options.rounds; round++) {
    for (const concurrency of concurrencies) {
      for (const target of rotated(targets, round)) {
        const slice = await measureQuietly(target, { concurrency, seconds: options.seconds, ours });
        const known = slices.get(key(target, concurrency)) ?? [];
        slices.set(key(target, concurrency), [...known, slice]);
        tell(
          `round ${round + 1} c${concurrency} ${target.name}: ${Math.round(slice.callsPerSecond)}/s p50 ${slice.p50.toFixed(2)} cpu ${slice.cpuPerCall?.toFixed(0) ?? "-"} µs others ${Math.round(slice.others * 100)} %${slice.firstError === null ? "" : ` ${slice.firstError}`}`,
        );
      }
    }
  }
  await hub.stop();
  return targets.flatMap((target) =>
    concurrencies.map((concurrency) => {
      const of = (name: string) => slices.get(`${name} ${concurrency}`) ?? [];
      return summary(target, concurrency, {
        own: of(target.name),
        direct: of("direct"),
        forwarder: of("forwarder"),
      });
    }),
  );
}

function rotated<Item>(items: readonly Item[], by: number): Item[] {
  const at = by % items.length;
  return [...items.slice(at), ...items.slice(0, at)];
}

type Rounds = { own: Slice[]; direct: Slice[]; forwarder: Slice[] };

function summary(target: Target, concurrency: number, { own, direct, forwarder }: Rounds): CallRow {
  const of = (pick: (slice: Slice) => number) => median(own.map(pick));
  const isGateway = target.pids.length > 0;
  return {
    target: target.name,
    concurrency,
    callsPerSecond: of((slice) => slice.callsPerSecond),
    ofForwarder: isGateway
      ? median(own.map((slice, i) => slice.callsPerSecond / (forwarder[i]?.callsPerSecond ?? NaN)))
      : null,
    p50: of((slice) => slice.p50),
    p95: of((slice) => slice.p95),
    p99: of((slice) => slice.p99),
    addedP50: isGateway ? median(own.map((slice, i) => slice.p50 - (direct[i]?.p50 ?? NaN))) : null,
    cpuPerCall: isGateway ? of((slice) => slice.cpuPerCall ?? NaN) : null,
    cpuOfForwarder: isGateway
      ? median(own.map((slice, i) => (slice.cpuPerCall ?? NaN) / (forwarder[i]?.cpuPerCall ?? NaN)))
      : null,
    residentMb: isGateway ? Math.max(...own.map((slice) => slice.residentMb ?? 0)) : null,
    errors: own.reduce((sum, slice) => sum + slice.errors, 0),
    firstError: own.find((slice) => slice.firstError !== null)?.firstError ?? null,
    others: Math.max(...own.map((slice) => slice.others)),
    slices: own,
  };
}
