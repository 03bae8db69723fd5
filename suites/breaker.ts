// A server that is down for a while, under steady calls: soon nobody calls it any more, it is found to be back within a
// minute, and people are told of both.
import { setTimeout as wait } from "node:timers/promises";
import { startCountingServer } from "./counting-server.ts";
import {
  ask,
  callTool,
  connectTool,
  startHubProcess,
  type Figure,
  type Tool,
} from "./hub-process.ts";

export type BreakerSize = {
  /** Seconds the server is down. */
  downSeconds: number;
  /** Calls a second, one after the other. */
  perSecond: number;
};

/** The smaller one is over before the waits have grown to their longest. */
export const breakerSize = {
  full: { downSeconds: 600, perSecond: 10 },
  tenth: { downSeconds: 3, perSecond: 20 },
} satisfies Record<string, BreakerSize>;

const mostFailures = 10;
const mostRecoveryMs = 60_000;
/** The waits double up to half a minute: between two probes lies at least this. */
const firstWaitMs = 5000;

export async function runBreaker({ downSeconds, perSecond }: BreakerSize): Promise<Figure> {
  const broken: string[] = [];
  const check = (holds: boolean, otherwise: string) => {
    if (!holds) broken.push(otherwise);
  };
  let down = false;
  // Two servers at one port, of which one can be down.
  const upstream = await startCountingServer({ isDown: (path) => down && path === "/mcp" });
  const reached = () => upstream.arrivals.filter(({ path }) => path === "/mcp").length;
  const hub = await startHubProcess({
    env: { PLUGBOARD_USER_PER_MINUTE: "0", PLUGBOARD_CONNECTION_PER_MINUTE: "0" },
  });
  try {
    const tool = await connectTool(hub, { name: "Tickets", url: upstream.url });
    const otherUrl = new URL("/other", upstream.url).href;
    const otherTool = await connectTool(hub, { name: "Other", url: otherUrl });
    const call = async (one: Tool) =>
      (await callTool(hub, "rest", { tool: one, args: { n: 1 } })).outcome;
    check((await call(tool)) === "succeeded", "the server does not work before it is down");

    down = true;
    upstream.arrivals.length = 0;
    const downAt = Date.now();
    const outcomes = new Map<string, number>();
    let untilStop: number | undefined;
    while (Date.now() - downAt < downSeconds * 1000) {
      const outcome = await call(tool);
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      if (outcome === "circuit_open") untilStop ??= reached();
      await wait(1000 / perSecond);
    }
    const failed = outcomes.get("upstream_error") ?? 0;
    const probes = reached() - (untilStop ?? 0);
    check(untilStop !== undefined, "calls never stopped");
    check((untilStop ?? 0) <= mostFailures, `calls stopped after ${untilStop} failures only`);
    check(failed === reached(), `${failed} errors of ${reached()} requests`);
    check(
      probes <= Math.ceil((downSeconds * 1000) / firstWaitMs),
      `${probes} probes in ${downSeconds} s`,
    );
    check(
      [...outcomes.keys()].every((one) => one === "upstream_error" || one === "circuit_open"),
      `outcomes: ${[...outcomes.keys()].join(", ")}`,
    );
    check((await call(otherTool)) === "succeeded", "another connection was refused too");
    const notices = async () => (await ask(hub, "/api/v1/notices")).body.items as Notice[];
    const told = (await until(notices, (items) => items.length > 0)) ?? [];
    check(
      told.length === 1 && told[0]?.kind === "connection.failing" && !told[0].settled,
      `people were told ${JSON.stringify(told.map(({ kind, settled }) => ({ kind, settled })))}`,
    );

    down = false;
    const upAt = Date.now();
    while ((await call(tool)) !== "succeeded" && Date.now() - upAt <= mostRecoveryMs)
      await wait(1000 / perSecond);
    const recoveredMs = Date.now() - upAt;
    check(
      recoveredMs <= mostRecoveryMs,
      `it was not back after ${Math.round(recoveredMs / 1000)} s`,
    );
    const after = await Promise.all(Array.from({ length: 20 }, () => call(tool)));
    check(
      after.every((one) => one === "succeeded"),
      `afterwards calls ended as ${after.join(", ")}`,
    );
    const settled = await until(notices, (items) => items.every((notice) => notice.settled));
    check(settled !== undefined, "people were not told that it works again");

    const refused = outcomes.get("circuit_open") ?? 0;
    return {
      line: `breaker: down for ${downSeconds} s at ${perSecond} calls/s: calls stopped after ${untilStop} failures, ${refused} refused at once, ${probes} probes; back ${(recoveredMs / 1000).toFixed(1)} s after the server was; people told once and again when it was over`,
      broken,
    };
  } finally {
    await hub.stop();
    upstream.close();
    hub.clear();
  }
}

type Notice = { kind: string; settled: boolean };

async function until<Value>(
  read: () => Promise<Value>,
  holds: (value: Value) => boolean,
): Promise<Value | undefined> {
  for (let tries = 0; tries < 50; tries++) {
    const value = await read();
    if (holds(value)) return value;
    await wait(100);
  }
  return undefined;
}
