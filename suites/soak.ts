// An hour of ordinary work: calls on every surface, jobs, and somebody who watches. Nothing fails, nothing is left over,
// and the hub's memory does not grow.
import { residentMb, treeOf } from "../bench/processes.ts";
import { startCountingServer, timesOf } from "./counting-server.ts";
import {
  ask,
  callTool,
  connectTool,
  startHubProcess,
  surfaces,
  waitUntil,
  type Called,
  type Figure,
  type HubProcess,
  type Tool,
} from "./hub-process.ts";
import { openLoop, outcomesOf, within, type Sent } from "./load/open-loop.ts";

export type SoakSize = { seconds: number; perSecond: number };

export const soakSize = {
  full: { seconds: 3600, perSecond: 50 },
  tenth: { seconds: 6, perSecond: 40 },
} satisfies Record<string, SoakSize>;

/** Of the resident memory, in an hour. */
const mostGrowth = 0.05;
/** One in so many is a job. */
const jobEvery = 10;
const sampleMs = 10_000;

export async function runSoak({ seconds, perSecond }: SoakSize): Promise<Figure> {
  const broken: string[] = [];
  const upstream = await startCountingServer({ delayMs: 5 });
  const hub = await startHubProcess({
    env: { PLUGBOARD_USER_PER_MINUTE: "0", PLUGBOARD_CONNECTION_PER_MINUTE: "0" },
  });
  try {
    const tool = await connectTool(hub, { name: "Counting", url: upstream.url });
    const memory: { at: number; mb: number }[] = [];
    const sample = setInterval(() => {
      memory.push({ at: Date.now(), mb: residentMb(treeOf(hub.child.pid ?? 0)) });
    }, sampleMs);
    const sent: Sent[] = [];
    let jobs = 0;
    // In slices, so that an hour of answers is not held at once.
    const sliceSeconds = Math.min(60, seconds);
    for (let passed = 0; passed < seconds; passed += sliceSeconds) {
      const slice = await openLoop({
        calls: sliceSeconds * perSecond,
        perSecond,
        first: passed * perSecond,
        send: (n) => (n % jobEvery === 0 ? startJob(hub, tool, n) : callOne(hub, tool, n)),
      });
      jobs += slice.filter(({ n }) => n % jobEvery === 0).length;
      sent.push(...slice.map((one) => ({ ...one, text: "" })));
      if (seconds > 60)
        console.error(
          `${passed + sliceSeconds} s: p95 ${within(
            0.95,
            slice.map(({ ms }) => ms),
          ).toFixed(1)} ms, ${memory.at(-1)?.mb.toFixed(0)} MiB, ${outcomesOf(slice)}`,
        );
    }
    clearInterval(sample);
    const wrong = sent.filter(({ outcome }) => outcome !== "succeeded" && outcome !== "queued");
    if (wrong.length > 0) broken.push(`${wrong.length} calls failed: ${outcomesOf(wrong)}`);
    const emptied = await waitUntil(async () => (await openJobs(hub)) === 0, 60_000);
    const left = await openJobs(hub);
    if (!emptied) broken.push(`${left} jobs are still queued or running a minute after the last`);
    const arrived = timesOf(upstream.arrivals);
    const never = sent.filter(({ n }) => !arrived.has(n)).length;
    const twice = [...arrived.values()].filter((times) => times > 1).length;
    if (never > 0) broken.push(`${never} calls never reached the server`);
    if (twice > 0) broken.push(`${twice} calls reached the server twice`);
    const growth = growthPerHour(memory);
    if (seconds >= 600 && growth > mostGrowth)
      broken.push(`memory grows by ${(growth * 100).toFixed(1)} % an hour`);
    const times = sent.filter(({ n }) => n % jobEvery !== 0).map(({ ms }) => ms);
    return {
      line: `soak: ${seconds} s at ${perSecond}/s, ${sent.length} calls of which ${jobs} jobs, ${wrong.length} failed, ${never} lost, ${twice} twice, ${left} jobs left over, p50 ${within(0.5, times).toFixed(1)} ms, p95 ${within(0.95, times).toFixed(1)} ms, p99 ${within(0.99, times).toFixed(1)} ms, memory ${memory[0]?.mb.toFixed(0) ?? "-"} to ${memory.at(-1)?.mb.toFixed(0) ?? "-"} MiB, ${(growth * 100).toFixed(1)} % an hour over the second half`,
      broken,
    };
  } finally {
    await hub.stop();
    hub.clear();
    upstream.close();
  }
}

const callOne = (hub: HubProcess, tool: Tool, n: number): Promise<Called> =>
  callTool(hub, surfaces[n % surfaces.length] ?? "rest", { tool, args: { n } });

async function startJob(hub: HubProcess, tool: Tool, n: number): Promise<Called> {
  const { status, headers, body } = await ask(hub, "/api/v1/jobs", {
    body: { toolId: tool.id, arguments: { n } },
  });
  const outcome = status === 202 ? "queued" : (body.error?.code ?? "no outcome");
  return { status, headers, outcome, text: JSON.stringify(body) };
}

async function openJobs(hub: HubProcess): Promise<number> {
  const { body } = await ask(hub, "/api/v1/jobs?status=queued,running&limit=200");
  return body.items.length;
}

/** The slope of a line through the second half, as a share of where it begins. */
function growthPerHour(memory: readonly { at: number; mb: number }[]): number {
  const half = memory.slice(memory.length >> 1);
  const [first] = half;
  if (!first || half.length < 3) return 0;
  const hours = half.map(({ at }) => (at - first.at) / 3_600_000);
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const [meanHours, meanMb] = [mean(hours), mean(half.map(({ mb }) => mb))];
  const shared = half.reduce(
    (sum, { mb }, i) => sum + ((hours[i] ?? 0) - meanHours) * (mb - meanMb),
    0,
  );
  const spread = hours.reduce((sum, hour) => sum + (hour - meanHours) ** 2, 0);
  return spread === 0 ? 0 : shared / spread / first.mb;
}
