// A limit of 30 calls, a minute or a day, under pressure: exactly 30, never more in any 60 seconds or on any day, whatever
// becomes of the hub.
import { startCountingServer, type CountingServer } from "./counting-server.ts";
import {
  callTool,
  connectTool,
  startHubProcess,
  surfaces,
  type Called,
  type Figure,
  type HubProcess,
  type Tool,
} from "./hub-process.ts";

export type LimitsSize = {
  /** Calls at once. */
  burst: number;
  /** Seconds of steady pressure, with the hub killed in the middle of the first window; 0 leaves this part out. */
  seconds: number;
};

export const limitsSize = {
  full: { burst: 1000, seconds: 130 },
  tenth: { burst: 200, seconds: 0 },
} satisfies Record<string, LimitsSize>;

const limit = 30;
const windowMs = 60_000;

/** One call, by this machine's one clock: it was admitted between being sent and arriving. */
type Arrival = { n: number; sentAt: number; arrivedAt: number };
type Check = (holds: boolean, otherwise: string) => void;

export async function runLimits({ burst, seconds }: LimitsSize): Promise<Figure> {
  const broken: string[] = [];
  const check: Check = (holds, otherwise) => {
    if (!holds) broken.push(otherwise);
  };
  const upstream = await startCountingServer();
  try {
    const parts = [
      await burstPart(upstream, { calls: burst, window: "minute" }, check),
      await burstPart(upstream, { calls: burst, window: "day" }, check),
    ];
    if (seconds > 0) parts.push(await steadyPart(upstream, seconds, check));
    return { line: `limits: ${parts.join("; ")}`, broken };
  } finally {
    upstream.close();
  }
}

type Burst = { calls: number; window: Window };
type Window = "minute" | "day";

/** Everything at once, then a few more after the hub was killed and after it was stopped. */
async function burstPart(
  upstream: CountingServer,
  { calls, window }: Burst,
  check: Check,
): Promise<string> {
  upstream.arrivals.length = 0;
  const hub = await Pressed.start(upstream, window);
  try {
    const began = performance.now();
    const day = dayOf(Date.now());
    const isOver = () =>
      window === "minute" ? performance.now() - began > windowMs - 1000 : dayOf(Date.now()) !== day;
    const isRefusal = (answer: Called) => isRefused(answer, window);
    const answers = await Promise.all(Array.from({ length: calls }, () => hub.call()));
    const ms = performance.now() - began;
    const succeeded = answers.filter(({ outcome }) => outcome === "succeeded").length;
    const refused = answers.filter(isRefusal).length;
    check(
      succeeded === limit,
      `${succeeded} of ${calls} calls at once were answered, not ${limit}`,
    );
    check(
      refused === calls - succeeded,
      `${calls - succeeded - refused} calls were neither answered nor refused: ${oddOnes(answers)}`,
    );
    check(
      upstream.arrivals.length === limit,
      `the server saw ${upstream.arrivals.length} calls, not ${limit}`,
    );
    let more = 0;
    for (const signal of ["SIGKILL", "SIGTERM"] as const) {
      await hub.restart(signal);
      const after = await Promise.all(Array.from({ length: limit }, () => hub.call()));
      more += after.filter((answer) => !isRefusal(answer)).length;
      check(
        isOver() || after.every(isRefusal),
        `after ${signal} and a restart: ${oddOnes(after)} where all should be refused`,
      );
    }
    check(!isOver(), "the restarts took longer than the window: this says nothing of them");
    return `${succeeded} of ${calls} at once answered under a limit of a ${window}, ${refused} refused with Retry-After (${Math.round(ms)} ms), ${more} more after kill -9 and restart`;
  } finally {
    await hub.stop();
  }
}

/** Ten calls a second, all the time: each window's edge is tried, with a restart while it is used up. */
async function steadyPart(
  upstream: CountingServer,
  seconds: number,
  check: Check,
): Promise<string> {
  upstream.arrivals.length = 0;
  const hub = await Pressed.start(upstream, "minute");
  const isRefusal = (answer: Called) => isRefused(answer, "minute");
  try {
    const began = performance.now();
    const pending: Promise<Called>[] = [];
    let killed = false;
    while (performance.now() - began < seconds * 1000) {
      if (!killed && performance.now() - began > windowMs * 0.6) {
        killed = true;
        await Promise.all(pending);
        await hub.restart("SIGKILL");
      }
      pending.push(hub.call());
      await new Promise((wake) => setTimeout(wake, 100));
    }
    const answers = await Promise.all(pending);
    const odd = answers.filter((answer) => answer.outcome !== "succeeded" && !isRefusal(answer));
    check(odd.length === 0, `under steady pressure: ${oddOnes(odd)}`);
    const arrivals = hub.arrivals();
    const most = mostWithin(arrivals);
    check(most <= limit, `${most} calls were admitted within 60 s`);
    // Each window that begins gives all of its calls to whoever asks this often.
    const windows = Math.floor((seconds * 1000) / windowMs);
    check(
      arrivals.length >= windows * limit,
      `only ${arrivals.length} calls were admitted in ${seconds} s`,
    );
    const spans = arrivals
      .slice(limit)
      .map(({ arrivedAt }, i) => arrivedAt - (arrivals[i]?.arrivedAt ?? 0));
    return `${answers.length} calls in ${seconds} s with a kill -9: ${arrivals.length} admitted, at most ${most} in any 60 s, the 31st after ${(Math.min(...spans) / 1000).toFixed(3)} s at the server`;
  } finally {
    await hub.stop();
  }
}

/**
 * The most calls that were certainly admitted within one window. A call is admitted somewhere between its being sent
 * and its arrival, so only what lies wholly inside the 60 seconds counts.
 */
function mostWithin(arrivals: readonly Arrival[]): number {
  return Math.max(
    0,
    ...arrivals.map(
      ({ sentAt }) =>
        arrivals.filter((one) => one.sentAt >= sentAt && one.arrivedAt <= sentAt + windowMs).length,
    ),
  );
}

const dayOf = (at: number) => Math.floor(at / 86_400_000);

/** Refused, and told to wait until there is room again: within the minute, or at midnight UTC. */
function isRefused({ status, headers, outcome, text }: Called, window: Window): boolean {
  const seconds = Number(headers.get("retry-after"));
  const untilMidnight = ((dayOf(Date.now()) + 1) * 86_400_000 - Date.now()) / 1000;
  const rightWait =
    window === "minute"
      ? seconds >= 1 && seconds <= 60
      : Math.abs(seconds - untilMidnight) < 60 || untilMidnight > 86_340;
  // JSON-RPC errors travel in a 200.
  const rightStatus = text.includes('"jsonrpc"') ? status === 200 : status === 429;
  return outcome === "rate_limited" && rightStatus && rightWait;
}

function oddOnes(answers: readonly Called[]): string {
  const kinds = new Map<string, number>();
  for (const { outcome, status, headers } of answers) {
    const kind = `${outcome} (${status}, Retry-After ${headers.get("retry-after")})`;
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
  return [...kinds].map(([kind, count]) => `${count} × ${kind}`).join(", ");
}

/** A hub with its limit, and who presses it, through one surface after the other. */
class Pressed {
  #hub: HubProcess;
  readonly #tool: Tool;
  readonly #upstream: CountingServer;
  readonly #sentAt = new Map<number, number>();
  #calls = 0;

  private constructor(hub: HubProcess, tool: Tool, upstream: CountingServer) {
    this.#hub = hub;
    this.#tool = tool;
    this.#upstream = upstream;
  }

  static async start(upstream: CountingServer, window: Window): Promise<Pressed> {
    const [perMinute, perDay] = window === "minute" ? [limit, 0] : [0, limit];
    const hub = await startHubProcess({
      env: {
        PLUGBOARD_USER_PER_MINUTE: String(perMinute),
        PLUGBOARD_USER_PER_DAY: String(perDay),
        PLUGBOARD_CONNECTION_PER_MINUTE: "0",
      },
    });
    const tool = await connectTool(hub, { name: "Clocked", url: upstream.url });
    return new Pressed(hub, tool, upstream);
  }

  call(): Promise<Called> {
    const n = this.#calls++;
    this.#sentAt.set(n, performance.now());
    return callTool(this.#hub, surfaces[n % surfaces.length] ?? "rest", {
      tool: this.#tool,
      args: { n },
    });
  }

  arrivals(): Arrival[] {
    return this.#upstream.arrivals
      .map(({ n, at: arrivedAt }) => ({ n, arrivedAt, sentAt: this.#sentAt.get(n) ?? 0 }))
      .sort((a, b) => a.arrivedAt - b.arrivedAt);
  }

  async restart(signal: NodeJS.Signals): Promise<void> {
    await this.#hub.stop(signal);
    this.#hub = await this.#hub.restart();
  }

  async stop(): Promise<void> {
    await this.#hub.stop();
    this.#hub.clear();
  }
}
