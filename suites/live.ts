// Hundreds watch while tools are called: everybody hears of everything once, soon, and whoever was away misses nothing.
import { readFileSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import {
  ask,
  callTool,
  connect,
  startHubProcess,
  startProcess,
  toolsOf,
  waitUntil,
  workerdOf,
  type Figure,
  type HubProcess,
  type Tool,
} from "./hub-process.ts";
import { openEvents, Viewer } from "./live/viewer.ts";

export type LiveSize = {
  viewers: number;
  seconds: number;
  /** Viewers besides these who open the stream and do not read. */
  slow: number;
  /** Whether it is said how fast it has to be. On a machine that does other work besides it is not. */
  judgesTimes: boolean;
};

export const liveSize = {
  full: { viewers: 500, seconds: 60, slow: 20, judgesTimes: true },
  tenth: { viewers: 50, seconds: 4, slow: 4, judgesTimes: false },
} satisfies Record<string, LiveSize>;

const eventsPerSecond = 50;
const eventsPerCall = 2;
const within = { p95Ms: 1000, endMs: 15_000 };
/** How many come at the same time. */
const atOnce = 20;

export async function runLive(size: LiveSize): Promise<Figure> {
  const { viewers: count, seconds, slow, judgesTimes } = size;
  const upstream = await startProcess(
    "workers/testing/faults/process.ts",
    ["--port", "0"],
    /http:\S+/,
  );
  const hub = await startHubProcess({
    env: { PLUGBOARD_USER_PER_MINUTE: "0", PLUGBOARD_CONNECTION_PER_MINUTE: "0" },
  });
  const viewers = Array.from(
    { length: count },
    (_, n) => new Viewer(hub, n % 2 === 0 ? "socket" : "events"),
  );
  const sleepers: (() => void)[] = [];
  try {
    const connection = await connect(hub, "Watched", `${upstream.line}/f/healthy/mcp`);
    const tool = (await toolsOf(hub, connection.body.id))[0];
    if (!tool) throw new Error(`The server was not connected: ${JSON.stringify(connection.body)}`);
    await callTool(hub, "rest", { tool, args: { n: -1 } });
    const alone = memoryOf(hub);
    for (let from = 0; from < count; from += atOnce)
      await Promise.all(viewers.slice(from, from + atOnce).map((viewer) => viewer.open()));
    for (let n = 0; n < slow; n++) sleepers.push(await sleep(hub, n));
    const watched = memoryOf(hub);
    const leaving = Promise.all(
      viewers.filter((_, n) => n % 4 < 2).map((viewer, n) => leave(viewer, { n, seconds })),
    );
    const calls = await callFor(hub, tool, seconds);
    await leaving;
    const last = await lastOf(hub);
    const complete = () => viewers.every(({ seq }) => seq >= last);
    const all = await waitUntil(complete, within.endMs);
    return judge(viewers, {
      judgesTimes,
      broken: [
        ...(all ? [] : [`${viewers.filter(({ seq }) => seq < last).length} viewers lack the end`]),
        ...(calls.failed === 0 ? [] : [`${calls.failed} of ${calls.made} calls failed`]),
      ],
      figures: `${calls.made} calls in ${seconds} s, ${slow} more viewers who did not read; workerd ${alone} MB alone, ${watched} MB watched, ${memoryOf(hub)} MB at the end`,
      expected: seconds * eventsPerSecond,
    });
  } finally {
    for (const viewer of viewers) viewer.close();
    for (const wake of sleepers) wake();
    await hub.stop();
    hub.clear();
    await upstream.stop();
  }
}

function judge(
  viewers: readonly Viewer[],
  {
    judgesTimes,
    broken,
    figures,
    expected,
  }: { judgesTimes: boolean; broken: string[]; figures: string; expected: number },
): Figure {
  const sum = (of: (viewer: Viewer) => number) =>
    viewers.reduce((total, viewer) => total + of(viewer), 0);
  const latencies = viewers.flatMap((viewer) => viewer.latencies).sort((a, b) => a - b);
  const at = (share: number) => latencies[Math.floor(latencies.length * share)] ?? NaN;
  const ways = (["socket", "events"] as const).map((way) => {
    const own = viewers.filter((viewer) => viewer.way === way).flatMap((one) => one.latencies);
    return own.sort((a, b) => a - b)[Math.floor(own.length * 0.95)] ?? NaN;
  });
  const [gaps, duplicates, resets] = [
    sum((viewer) => viewer.gaps),
    sum((viewer) => viewer.duplicates),
    sum((viewer) => viewer.resets),
  ];
  if (gaps > 0) broken.push(`${gaps} gaps`);
  if (duplicates > 0) broken.push(`${duplicates} duplicates`);
  if (resets > 0) broken.push(`${resets} viewers were told to load anew`);
  if (judgesTimes && !(at(0.95) <= within.p95Ms)) broken.push(`p95 is ${at(0.95)} ms`);
  // Half of them were away for a part of the time.
  if (latencies.length < (viewers.length * expected) / 2)
    broken.push(`only ${latencies.length} events were heard as they happened`);
  return {
    line: `live: ${viewers.length} viewers, half of them away for a while, ${latencies.length} events heard live: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms (WebSocket ${ways[0]}, server-sent events ${ways[1]}), p99 ${at(0.99)} ms, most ${latencies.at(-1)} ms; ${gaps} gaps, ${duplicates} duplicates; ${figures}`,
    broken,
  };
}

/** Goes away for some seconds in the middle, and comes back. */
async function leave(
  viewer: Viewer,
  { n, seconds }: { n: number; seconds: number },
): Promise<void> {
  await wait(seconds * 1000 * (0.1 + 0.4 * ((n * 7919) % 100) * 0.01));
  viewer.close();
  await wait(Math.min(seconds * 300, 500 + ((n * 104_729) % 8) * 1000));
  await viewer.open();
}

/** Opens the stream and reads nothing of it; with a WebSocket, it never acknowledges. */
async function sleep(hub: HubProcess, n: number): Promise<() => void> {
  if (n % 2 === 0) {
    const request = openEvents(hub, null, () => {});
    const answer = await new Promise<IncomingMessage>((done) => request.once("response", done));
    answer.pause();
    return () => request.destroy();
  }
  const socket = new WebSocket(`${hub.url.replace("http", "ws")}/api/v1/live?acks=true`, {
    headers: { authorization: `Bearer ${hub.apiKey}` },
  });
  await new Promise((done) => socket.addEventListener("open", done));
  return () => socket.close();
}

async function callFor(
  hub: HubProcess,
  tool: Tool,
  seconds: number,
): Promise<{ made: number; failed: number }> {
  const everyMs = (1000 * eventsPerCall) / eventsPerSecond;
  const made = Math.floor((seconds * 1000) / everyMs);
  const began = performance.now();
  const calls = [];
  for (let n = 0; n < made; n++) {
    await wait(began + n * everyMs - performance.now());
    calls.push(callTool(hub, "rest", { tool, args: { n } }));
  }
  const outcomes = await Promise.all(calls);
  return { made, failed: outcomes.filter(({ outcome }) => outcome !== "succeeded").length };
}

/** The last sequence number, once all that was called has been written down. */
async function lastOf(hub: HubProcess): Promise<number> {
  await wait(1000);
  const { body } = await ask(hub, "/api/v1/executions?limit=1");
  const { body: events } = await ask(hub, `/api/v1/executions/${body.items[0].id}/events`);
  return events.items.at(-1).seq;
}

function memoryOf(hub: HubProcess): number {
  const pid = workerdOf(hub);
  if (pid === undefined) return NaN;
  const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Math.round(Number(kilobytes) / 1024);
}

const wait = (ms: number) => new Promise((done) => setTimeout(done, Math.max(0, ms)));
