// Calls that arrive at a steady rate, over REST and over both eras of MCP: none lost, none sent twice, none slow; and a
// team that asks for twenty times what it may does not slow another.
import { startCountingServer, timesOf, type CountingServer } from "./counting-server.ts";
import {
  callTool,
  connectTool,
  startHubProcess,
  waitUntil,
  ask,
  type Called,
  type Figure,
  type HubProcess,
  type Surface,
  type Tool,
} from "./hub-process.ts";
import { startNoise } from "./load/noise.ts";
import { openLoop, outcomesOf, within, type Sent } from "./load/open-loop.ts";
import { makeTeams, type TeamAccess } from "./load/teams.ts";

export type LoadSize = {
  rest: { calls: number; perSecond: number; keys: number; connections: number };
  mcp: { calls: number; perSecond: number; clients: number };
  noisy: { rounds: number; secondsEach: number };
  /** Whether it is said how fast it has to be. On a machine that does other work besides it is not. */
  judgesTimes: boolean;
};

export const loadSize = {
  full: {
    rest: { calls: 10_000, perSecond: 100, keys: 50, connections: 10 },
    mcp: { calls: 20_000, perSecond: 200, clients: 200 },
    // All within the minute in which what the noisy team may is used up.
    noisy: { rounds: 3, secondsEach: 8 },
    judgesTimes: true,
  },
  tenth: {
    rest: { calls: 200, perSecond: 80, keys: 5, connections: 3 },
    mcp: { calls: 200, perSecond: 80, clients: 10 },
    noisy: { rounds: 1, secondsEach: 2 },
    judgesTimes: false,
  },
} satisfies Record<string, LoadSize>;

const most = { addedP95: 60, noisyShare: 1.2 };
/** Below this a difference says more of the machine than of the hub. */
const leastMs = 1;
const delayMs = 5;
const noisyLimit = 600;
/** So many that a twentieth of them says something. */
const quietPerSecond = 30;
const noisyPerSecond = (20 * noisyLimit) / 60;

type Check = (holds: boolean, otherwise: string) => void;
type Caller = { access: TeamAccess; tool: Tool; surface: Surface };

export async function runLoad(size: LoadSize): Promise<Figure> {
  const broken: string[] = [];
  const check: Check = (holds, otherwise) => {
    if (!holds) broken.push(otherwise);
  };
  const upstream = await startCountingServer({ delayMs });
  const hub = await startHubProcess({
    env: { PLUGBOARD_USER_PER_MINUTE: "0", PLUGBOARD_CONNECTION_PER_MINUTE: "0" },
  });
  try {
    const connections = await connectAll(hub, upstream, size.rest.connections);
    const keys = await keysOf(hub, Math.max(size.rest.keys, size.mcp.clients));
    const part = { hub, upstream, check, judges: size.judgesTimes };
    const rest = await loadPart(part, {
      name: "L1 REST",
      ...size.rest,
      addedP99: 250,
      caller: (n) => ({
        access: pick(keys.slice(0, size.rest.keys), n),
        tool: pick(connections, n),
        surface: "rest",
      }),
    });
    const mcp = await loadPart(part, {
      name: "L2 MCP",
      ...size.mcp,
      caller: (n) => ({
        access: pick(keys.slice(0, size.mcp.clients), n),
        tool: pick(connections, n),
        surface: n % 2 === 0 ? "mcp-2025" : "mcp-2026",
      }),
    });
    const noisy = await noisyPart(size);
    for (const sentence of noisy.broken) check(false, sentence);
    return { line: `load: ${rest}; ${mcp}; ${noisy.line}`, broken };
  } finally {
    await hub.stop();
    hub.clear();
    upstream.close();
  }
}

const pick = <Item>(items: readonly Item[], n: number): Item => {
  const item = items[n % items.length];
  if (item === undefined) throw new Error("There is nothing to pick from.");
  return item;
};

async function connectAll(
  hub: HubProcess,
  upstream: CountingServer,
  count: number,
): Promise<Tool[]> {
  const tools: Tool[] = [];
  for (let i = 0; i < count; i++) {
    tools.push(await connectTool(hub, { name: `Counting ${i}`, url: upstream.url }));
  }
  return tools;
}

/** A person has a hundred at most: more clients than that share them. */
const mostKeys = 95;

async function keysOf(hub: HubProcess, count: number): Promise<TeamAccess[]> {
  const keys: TeamAccess[] = [];
  for (let i = 0; i < Math.min(count, mostKeys); i++) {
    const { status, body } = await ask(hub, "/api/v1/api-keys", { body: { name: `Load ${i}` } });
    if (status >= 300) throw new Error(`No key was made: ${JSON.stringify(body)}`);
    keys.push({ url: hub.url, apiKey: body.apiKey });
  }
  return keys;
}

type Part = { hub: HubProcess; upstream: CountingServer; check: Check; judges: boolean };

async function loadPart(
  { hub, upstream, check, judges }: Part,
  asked: {
    name: string;
    calls: number;
    perSecond: number;
    /** Milliseconds, where they are promised. */
    addedP99?: number;
    caller: (n: number) => Caller;
  },
): Promise<string> {
  const { name, calls, perSecond, caller, addedP99 = Infinity } = asked;
  // Every caller and every tool is known before the first call that counts.
  await openLoop({
    calls: Math.min(calls / 4, 400),
    perSecond,
    first: 1_000_000,
    send: (n) => call(caller(n - 1_000_000), n),
  });
  const directTo = { url: new URL(upstream.url).origin, apiKey: "" };
  const direct = await openLoop({
    calls: Math.min(calls / 4, 500),
    perSecond,
    first: 2_000_000,
    send: (n) => callDirect(directTo.url, n),
  });
  upstream.arrivals.length = 0;
  const before = await recordedCount(hub);
  const sent = await openLoop({ calls, perSecond, send: (n) => call(caller(n), n) });
  const wrong = sent.filter(({ outcome }) => outcome !== "succeeded");
  check(wrong.length === 0, `${name}: ${outcomesOf(wrong)} ${wrong[0]?.text.slice(0, 300) ?? ""}`);
  const arrived = timesOf(upstream.arrivals);
  const twice = [...arrived.values()].filter((times) => times > 1).length;
  const never = sent.filter(({ n }) => !arrived.has(n)).length;
  check(twice === 0, `${name}: ${twice} calls reached the server twice`);
  check(never === 0, `${name}: ${never} calls never reached the server`);
  const all = await waitUntil(async () => (await recordedCount(hub)) - before >= calls, 15_000);
  const recorded = (await recordedCount(hub)) - before;
  check(all && recorded === calls, `${name}: ${recorded} of ${calls} calls are recorded`);
  const times = sent.map(({ ms }) => ms);
  const floor = within(
    0.5,
    direct.map(({ ms }) => ms),
  );
  const p95 = within(0.95, times) - floor;
  const p99 = within(0.99, times) - floor;
  check(!judges || p95 <= most.addedP95, `${name}: ${p95.toFixed(1)} ms are added at p95`);
  check(!judges || p99 <= addedP99, `${name}: ${p99.toFixed(1)} ms are added at p99`);
  return `${name}: ${calls} calls at ${perSecond}/s, ${wrong.length} wrong, ${never} lost, ${twice} twice, added p50 ${(within(0.5, times) - floor).toFixed(1)} ms, p95 ${p95.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`;
}

const call = ({ access, tool, surface }: Caller, n: number): Promise<Called> =>
  callTool(access, surface, { tool, args: { n } });

/** The same call without the hub: what is there anyway. */
async function callDirect(origin: string, n: number): Promise<Called> {
  const response = await fetch(`${origin}/mcp`, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify({
      jsonrpc: "2.0",
      id: 1,
      method: "tools/call",
      params: { name: "count", arguments: { n } },
    }),
  });
  const text = await response.text();
  const { status, headers } = response;
  return { status, headers, outcome: response.ok ? "succeeded" : "failed", text };
}

async function recordedCount(hub: HubProcess): Promise<number> {
  const { body } = await ask(hub, "/api/v1/executions/summary?hours=1");
  return body.byStatus.succeeded;
}

/** A quiet team beside one that asks for twenty times what it may, in turns with and without it. */
async function noisyPart(size: LoadSize): Promise<Figure> {
  const broken: string[] = [];
  const upstream = await startCountingServer({ delayMs });
  const hub = await startHubProcess({
    env: { PLUGBOARD_USER_PER_MINUTE: String(noisyLimit), PLUGBOARD_CONNECTION_PER_MINUTE: "0" },
  });
  let stopNoise: (() => unknown) | undefined;
  try {
    const [other] = await makeTeams(hub, { names: ["Noisy"], keys: 1 });
    const noisyAccess = other?.[0];
    if (!noisyAccess) throw new Error("There is no second team.");
    const [quietTool] = await connectAll(hub, upstream, 1);
    const [noisyTool] = await connectAll({ ...hub, ...noisyAccess }, upstream, 1);
    if (!quietTool || !noisyTool) throw new Error("The server was not connected.");
    const quiet: Caller = { access: hub, tool: quietTool, surface: "rest" };
    const noisy = await startNoise({ access: noisyAccess, tool: noisyTool });
    stopNoise = noisy.stop;
    const { rounds, secondsEach } = size.noisy;
    const { body: me } = await ask(hub, "/api/v1/me");
    const unlimited = await ask(hub, `/api/v1/limits/settings/member/${me.team.id}`, {
      method: "PUT",
      body: { perMinute: 0 },
    });
    if (unlimited.status !== 200) throw new Error(`No limit was taken away: ${unlimited.status}`);
    const perSecond = quietPerSecond;
    const slice = () =>
      openLoop({ calls: secondsEach * perSecond, perSecond, send: (n) => call(quiet, n) });
    const noise = () =>
      noisy.make({
        calls: secondsEach * noisyPerSecond,
        perSecond: noisyPerSecond,
        first: 1_000_000,
      });
    const alone: Sent[] = [];
    const beside: Sent[] = [];
    await slice();
    // What it may, it is given: from here on it is over its limit.
    const [served, noises] = await Promise.all([slice(), noise()]);
    for (let round = 0; round < rounds; round++) {
      alone.push(...(await slice()));
      const [heard, made] = await Promise.all([slice(), noise()]);
      beside.push(...heard);
      noises.push(...made);
    }
    const wrong = [...alone, ...served, ...beside].filter(({ outcome }) => outcome !== "succeeded");
    if (wrong.length > 0) broken.push(`L10: the quiet team: ${outcomesOf(wrong)}`);
    const odd = noises.filter(
      ({ outcome }) => outcome !== "succeeded" && outcome !== "rate_limited",
    );
    if (odd.length > 0) broken.push(`L10: the noisy team: ${outcomesOf(odd)}`);
    const p95 = (sent: readonly Sent[]) =>
      within(
        0.95,
        sent.map(({ ms }) => ms),
      );
    const [before, after] = [p95(alone), p95(beside)];
    const slower = after > before * most.noisyShare && after - before > leastMs;
    if (size.judgesTimes && slower)
      broken.push(
        `L10: p95 of the quiet team went from ${before.toFixed(1)} to ${after.toFixed(1)} ms`,
      );
    const refused = noises.filter(({ outcome }) => outcome === "rate_limited").length;
    return {
      line: `L10: p95 of a quiet team ${before.toFixed(1)} ms alone, ${after.toFixed(1)} ms beside ${noisyPerSecond} calls/s of another that is over its limit (${refused} of ${noises.length} refused), ${p95(served).toFixed(1)} ms while it was served what it may`,
      broken,
    };
  } finally {
    await stopNoise?.();
    await hub.stop();
    hub.clear();
    upstream.close();
  }
}
