// `npm start` as a person has it: how soon it is ready, what it leaves behind, and what it says when it cannot start.
import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "../scripts/build.ts";
import { freePort, processes, waitUntil, type Figure, type Process } from "./hub-process.ts";

/** How often it is started, and within what time the fastest second start has to be ready. */
export type StartupSize = { starts: number; withinMs: number };

export const startupSize = {
  full: { starts: 5, withinMs: 2000 },
  // One start beside other tests says little of speed.
  tenth: { starts: 1, withinMs: 10_000 },
} satisfies Record<string, StartupSize>;

const endMs = 6000;
type Check = (holds: boolean, otherwise: string) => void;

export async function runStartup({ starts, withinMs }: StartupSize): Promise<Figure> {
  const broken: string[] = [];
  const check: Check = (holds, otherwise) => {
    if (!holds) broken.push(otherwise);
  };
  await build();
  const folder = mkdtempSync(join(tmpdir(), "plugboard-startup-"));
  const started: Started[] = [];
  const start = async (data: string, args: string[] = []) => {
    const hub = await Started.start(join(folder, data), args);
    started.push(hub);
    return hub;
  };
  try {
    const first: number[] = [];
    const again: number[] = [];
    const ends: number[] = [];
    for (let n = 0; n < starts; n++) {
      const empty = await start(`hub-${n}`);
      first.push(empty.readyMs);
      empty.checkTree(check);
      await empty.checkInvitation(check, { withKey: true });
      ends.push(await empty.end(check, "SIGTERM to npm", () => empty.child.kill("SIGTERM")));
      const second = await start(`hub-${n}`);
      again.push(second.readyMs);
      await second.checkInvitation(check, { withKey: false });
      ends.push(await second.end(check, "Ctrl-C", () => process.kill(-second.pid, "SIGINT")));
    }
    await killed(start, check);
    await withDemo(start, check);
    const sentences = await refusals(folder, start, check);
    check(
      Math.min(...again) <= withinMs,
      `no second start was ready within ${withinMs} ms: ${list(again)}`,
    );
    const line = `startup: ready after ${list(first)} ms on an empty folder, ${list(again)} ms again; ended whole within ${Math.ceil(Math.max(...ends))} ms; ${sentences} refusals of one sentence each`;
    return { line, broken };
  } finally {
    for (const hub of started) hub.abandon();
    rmSync(folder, { recursive: true, force: true });
  }
}

type Start = (data: string, args?: string[]) => Promise<Started>;
const list = (times: readonly number[]) => times.map((ms) => Math.round(ms)).join(", ");

/** Killed without a word: nothing lives on, and the next start on the same folder works. */
async function killed(start: Start, check: Check): Promise<void> {
  const whole = await start("killed");
  await whole.end(check, "kill -9 of npm", () => process.kill(whole.pid, "SIGKILL"));
  const hub = await start("killed");
  const node = hub.tree().find(({ command }) => /node\S* .*scripts\/start\.ts/.test(command));
  check(node !== undefined, "the hub's own Node was not found under npm");
  await hub.end(
    check,
    "kill -9 of the hub's Node",
    () => node && process.kill(node.pid, "SIGKILL"),
  );
  const after = await start("killed");
  await after.end(check, "SIGTERM after a kill", () => after.child.kill("SIGTERM"));
}

async function withDemo(start: Start, check: Check): Promise<void> {
  for (const signal of ["SIGTERM", "SIGKILL"] as const) {
    const hub = await start("demo", ["--", "--demo"]);
    const demo = hub.tree().some(({ command }) => command.includes("server-everything"));
    check(demo, "with --demo no server-everything runs");
    hub.checkTree(check);
    await hub.end(check, `${signal} with --demo`, () => hub.child.kill(signal));
  }
}

async function refusals(folder: string, start: Start, check: Check): Promise<number> {
  const taken = createServer();
  await new Promise<void>((ready) => taken.listen(0, "127.0.0.1", ready));
  const address = taken.address();
  const takenPort = String(typeof address === "object" && address ? address.port : 0);
  const hub = await start("shared");
  const port = String(await freePort());
  const cases: [string, Record<string, string>, string[], RegExp][] = [
    ["a taken port", { PORT: takenPort }, [], new RegExp(`Port ${takenPort} is taken`)],
    ["PORT=abc", { PORT: "abc" }, [], /PORT must be a port number.*"abc"/],
    ["PORT=0", { PORT: "0" }, [], /PORT must be a port number.*"0"/],
    ["PORT=70000", { PORT: "70000" }, [], /PORT must be a port number.*"70000"/],
    [
      "a limit in words",
      { PORT: port, PLUGBOARD_USER_PER_MINUTE: "many" },
      [],
      /PLUGBOARD_USER_PER_MINUTE.*"many"/,
    ],
    ["an unknown option", { PORT: port }, ["--", "--dmeo"], /--dmeo.*--demo/],
    [
      "a folder in use",
      { PORT: port, PLUGBOARD_DATA: join(folder, "shared") },
      [],
      /already runs.*PLUGBOARD_DATA/,
    ],
  ];
  for (const [name, env, args, sentence] of cases) {
    const { code, output } = await failedStart(
      { PLUGBOARD_DATA: join(folder, "refused"), ...env },
      args,
    );
    check(code === 1, `${name}: exit code ${code}, not 1`);
    check(sentence.test(output), `${name} says ${JSON.stringify(output.slice(0, 300))}`);
    check(
      output.trim().split("\n").length === 1,
      `${name} takes more than one line: ${JSON.stringify(output.slice(0, 300))}`,
    );
  }
  const health = await fetch(`http://127.0.0.1:${hub.port}/health/ready`).then(
    ({ status }) => status,
    String,
  );
  check(health === 200, `the hub whose folder a second one wanted answers ${health}`);
  await hub.end(check, "SIGTERM after a second hub", () => hub.child.kill("SIGTERM"));
  taken.close();
  return cases.length;
}

async function failedStart(
  env: Record<string, string>,
  args: string[],
): Promise<{ code: number | null; output: string }> {
  const { child, output } = npmStart(env, args);
  const ended = await waitUntil(() => child.exitCode !== null || child.signalCode !== null, 20_000);
  if (!ended) process.kill(-pidOf(child), "SIGKILL");
  return { code: child.exitCode, output: output() };
}

/** In a process group of its own, as a shell gives it one. */
function npmStart(
  env: Record<string, string>,
  args: string[],
): { child: ChildProcess; output: () => string } {
  const child = spawn("npm", ["start", "--silent", ...args], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  let output = "";
  const gather = (chunk: Buffer) => (output += chunk.toString());
  child.stdout.on("data", gather);
  child.stderr.on("data", gather);
  return { child, output: () => output };
}

class Started {
  readonly child: ChildProcess;
  readonly port: number;
  readonly readyMs: number;
  readonly output: string;

  private constructor(child: ChildProcess, port: number, readyMs: number, output: string) {
    this.child = child;
    this.port = port;
    this.readyMs = readyMs;
    this.output = output;
  }

  static async start(data: string, args: string[]): Promise<Started> {
    const port = await freePort();
    const began = performance.now();
    const { child, output } = npmStart({ PORT: String(port), PLUGBOARD_DATA: data }, args);
    const ready = await waitUntil(
      () => output().includes("Plugboard ready") || child.exitCode !== null,
      30_000,
    );
    const hub = new Started(child, port, performance.now() - began, output());
    if (ready && child.exitCode === null) return hub;
    hub.abandon();
    throw new Error(`npm start ${args.join(" ")} was not ready:\n${output()}`);
  }

  get pid(): number {
    return pidOf(this.child);
  }

  /** Every process that came of this start, whether it stayed in the group or not. */
  tree(): Process[] {
    const all = processes();
    const found = new Set([this.pid]);
    for (let size = 0; size !== found.size;) {
      size = found.size;
      for (const { pid, parent, group } of all)
        if (found.has(parent) || group === this.pid) found.add(pid);
    }
    return all.filter(({ pid }) => found.has(pid));
  }

  checkTree(check: Check): void {
    const outside = this.tree().filter(({ group }) => group !== this.pid);
    check(
      outside.length === 0,
      `left npm's process group: ${outside.map(({ command }) => command.slice(0, 100)).join("; ")}`,
    );
    check(
      this.tree().some(({ command }) => /workerd\S* serve/.test(command)),
      "no workerd runs under npm",
    );
  }

  /** Every start prints a link that signs in once; the first one prints a key too. */
  async checkInvitation(check: Check, { withKey }: { withKey: boolean }): Promise<void> {
    const link = new RegExp(
      `^Sign-in link \\(good once, for ten minutes\\): http://localhost:${this.port}/sign-in\\?token=(\\w+)$`,
      "m",
    );
    const hasKey = /^API key \(shown only now\): pb_\w{38}$/m.test(this.output);
    check(hasKey === withKey, `${withKey ? "a first" : "a second"} start prints ${this.output}`);
    const token = link.exec(this.output)?.[1];
    const signIn = async () => {
      const { status } = await fetch(`http://127.0.0.1:${this.port}/api/auth/sign-in`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ token }),
      });
      return status;
    };
    const statuses = [await signIn(), await signIn()];
    check(
      statuses.join() === "200,410",
      `the printed link answers ${statuses.join(", ")}, not 200 and then 410`,
    );
  }

  /** How long until nothing of it was left. */
  async end(check: Check, how: string, kill: () => void): Promise<number> {
    const before = this.tree().map(({ pid }) => pid);
    const began = performance.now();
    kill();
    const left = () =>
      processes().filter(({ pid, group }) => before.includes(pid) || group === this.pid);
    await waitUntil(() => left().length === 0, endMs);
    const remaining = left();
    check(
      remaining.length === 0,
      `${how} leaves behind: ${remaining.map(({ command }) => command.slice(0, 100)).join("; ")}`,
    );
    for (const { pid } of remaining) tryKill(pid);
    return performance.now() - began;
  }

  abandon(): void {
    for (const { pid } of this.tree()) tryKill(pid);
  }
}

function pidOf({ pid }: ChildProcess): number {
  if (pid === undefined) throw new Error("npm did not start.");
  return pid;
}

function tryKill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended.
  }
}
