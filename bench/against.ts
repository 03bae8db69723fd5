// Two trees of the project in one run: their hubs stand side by side, and slices of the one and the other take turns, so
// that whatever else the machine does meanwhile is shared by both.
import { processesOf, hubTargets, startHub, type Upstreams } from "./gateways.ts";
import { measureQuietly, median, type Slice, type Target } from "./load.ts";
import type { Options } from "./options.ts";
import { tell } from "./print.ts";

type Figures = { callsPerSecond: number; p50: number; cpuPerCall: number };

export type PairRow = {
  target: string;
  concurrency: number;
  here: Figures;
  there: Figures;
  /** Here over there, the median of the pairs; below 1 is faster, or cheaper. */
  p50: number;
  cpuPerCall: number;
  /** The lowest and the highest ratio of CPU of the pairs: how far apart equal trees may seem. */
  spread: [number, number];
};

/** `folder`: the other tree, its packages installed. */
export async function compareTrees(
  upstreams: Upstreams,
  folder: string,
  options: Options,
): Promise<PairRow[]> {
  const ours = [upstreams.legacy.pid, upstreams.modern.pid];
  const sides = [];
  for (const hub of [await startHub(), await startHub(folder)])
    sides.push({ hub, targets: await hubTargets(hub, upstreams, processesOf(hub)) });
  const slice = (target: Target, concurrency: number) =>
    measureQuietly(target, { concurrency, seconds: options.seconds, ours });
  for (const { targets } of sides)
    for (const target of targets) for (let n = 0; n < 3; n++) await slice(target, 16);
  const rows: PairRow[] = [];
  const [here, there] = sides.map(({ targets }) => targets);
  for (const concurrency of [1, 16, 64])
    for (const [at, target] of (here ?? []).entries()) {
      const other = there?.[at];
      if (!other) continue;
      const pairs: [Slice, Slice][] = [];
      // Whichever comes second finds another machine than the first: they change places.
      for (let round = 0; round < options.rounds; round++)
        if (round % 2 === 0)
          pairs.push([await slice(target, concurrency), await slice(other, concurrency)]);
        else {
          const second = await slice(other, concurrency);
          pairs.push([await slice(target, concurrency), second]);
        }
      const row = rowOf(target.name, concurrency, pairs);
      tell(
        `${row.target} c${concurrency}: p50 ${row.p50.toFixed(2)}, CPU ${row.cpuPerCall.toFixed(2)} of the other`,
      );
      rows.push(row);
    }
  for (const { hub } of sides) await hub.stop();
  return rows;
}

function rowOf(target: string, concurrency: number, pairs: readonly [Slice, Slice][]): PairRow {
  const failed = pairs.flat().find(({ errors }) => errors > 0);
  if (failed) throw new Error(`${target}: ${failed.firstError}`);
  const cpu = pairs.map(([one, other]) => (one.cpuPerCall ?? NaN) / (other.cpuPerCall ?? NaN));
  return {
    target,
    concurrency,
    here: figuresOf(pairs.map(([one]) => one)),
    there: figuresOf(pairs.map(([, other]) => other)),
    p50: median(pairs.map(([one, other]) => one.p50 / other.p50)),
    cpuPerCall: median(cpu),
    spread: [Math.min(...cpu), Math.max(...cpu)],
  };
}

const figuresOf = (slices: readonly Slice[]): Figures => ({
  callsPerSecond: median(slices.map(({ callsPerSecond }) => callsPerSecond)),
  p50: median(slices.map(({ p50 }) => p50)),
  cpuPerCall: median(slices.map(({ cpuPerCall }) => cpuPerCall ?? NaN)),
});
