// The hub is killed in the middle of its work, again and again: no call is forgotten, and none is sent twice.
import type { Execution } from "../shared/contracts/executions.ts";
import {
  ask,
  callTool,
  connectTool,
  startHubProcess,
  startProcess,
  surfaces,
  waitUntil,
  workerdOf,
  type Figure,
  type HubProcess,
  type Tool,
} from "./hub-process.ts";
import {
  firstJob,
  judgeJobs,
  startJob,
  stillOpen,
  type JobTools,
  type Promised,
} from "./crash/jobs.ts";

/** What dies: the hub's Node and its workerd, Node alone (which takes workerd along), or workerd alone. */
const victims = ["both", "node", "workerd"] as const;
type Victim = (typeof victims)[number];

/** After every so manyth kill it is waited until all calls and jobs have their end. */
export type CrashSize = { kills: number; calls: number; settleEvery: number };

export const crashSize = {
  full: { kills: 50, calls: 200, settleEvery: 1 },
  tenth: { kills: 3, calls: 40, settleEvery: 3 },
} satisfies Record<string, CrashSize>;

const timeoutMs = 2000;
/** One job for so many calls. */
const jobShare = 5;
const delays = [20, 200, 500, 900];
const surfacesInTurn = [surfaces[0], ...surfaces];
/** From the kill until every call has its end. */
const settledWithinMs = 120_000;
const ended: readonly string[] = ["succeeded", "failed", "lost"];

type Check = (holds: boolean, otherwise: string) => void;

export async function runCrash({ kills, calls, settleEvery }: CrashSize): Promise<Figure> {
  const broken: string[] = [];
  const check: Check = (holds, otherwise) => {
    if (!holds) broken.push(otherwise);
  };
  const upstream = await startProcess(
    "workers/testing/faults/process.ts",
    ["--port", "0"],
    /http:\S+/,
  );
  let hub = await startHubProcess({
    env: { PLUGBOARD_USER_PER_MINUTE: "0", PLUGBOARD_CONNECTION_PER_MINUTE: "0" },
  });
  try {
    const tools = await connectAll(hub, `${upstream.line}/f/healthy/mcp`);
    const ledger = new Map<string, Recorded>();
    const answered = new Set<number>();
    const jobTools: JobTools = { unsafe: tools, safe: await connectSafe(hub, upstream.line) };
    const promised: Promised[] = [];
    const settledMs: number[] = [];
    const readyMs: number[] = [];
    let open: Promised[] = [];
    for (let kill = 0; kill < kills; kill++) {
      const victim = victims[kill % victims.length] ?? "both";
      const title = `kill ${kill + 1} (${victim})`;
      const numbers = Array.from({ length: calls }, (_, i) => kill * calls + i);
      const working = numbers.map((n) => callOnce(hub, tools, n, answered));
      const jobs = Promise.all(
        Array.from({ length: calls / jobShare }, (_, i) =>
          startJob(hub, jobTools, (kill * calls) / jobShare + i),
        ),
      );
      await sleep(200 + Math.random() * 1300);
      const began = performance.now();
      hub = await killHub(hub, victim);
      readyMs.push(performance.now() - began);
      await Promise.all(working);
      const killsAhead = settleEvery - (kill % settleEvery);
      const begun = (await jobs)
        .filter((job) => job !== undefined)
        .map((job) => ({ ...job, kills: killsAhead }));
      promised.push(...begun);
      open.push(...begun);
      const [tool] = tools;
      const again = tool && (await callTool(hub, "rest", { tool, args: { n: -1 - kill } }));
      check(
        again?.outcome === "succeeded",
        `${title}: the first call after the restart: ${again?.outcome} ${again?.text}`,
      );
      if ((kill + 1) % settleEvery !== 0) continue;
      const seen = callsAmong(await seenBy(upstream.line));
      const settled = await waitUntil(async () => {
        await sleep(500);
        await read(hub, ledger);
        open = await stillOpen(hub, open);
        const recorded = [...ledger.values()];
        const listed = new Set(recorded.map(({ n }) => n));
        return (
          open.length === 0 &&
          seen.every((n) => listed.has(n)) &&
          recorded.every(({ status }) => status !== "running")
        );
      }, settledWithinMs);
      settledMs.push(performance.now() - began);
      check(
        settled,
        `${title}: calls still run or are missing, or ${open.length} jobs have no end, ${settledWithinMs / 1000} s after the kill`,
      );
    }
    const all = await seenBy(upstream.line);
    const seen = callsAmong(all);
    const jobs = await judgeJobs(hub, promised, all);
    for (const sentence of jobs.broken) check(false, sentence);
    const statuses = judge({ seen, answered, ledger }, check);
    check((statuses.get("lost") ?? 0) > 0, "no call was lost: the kills hit nothing");
    const said = countsOf(statuses);
    const once = new Set(seen).size;
    const line = `crash: ${kills} kills within ${kills * calls} calls: the server saw ${once} (${said}), ${seen.length - once} of them twice; ${answered.size} answered; ${promised.length} jobs (${countsOf(jobs.statuses)}); ready again within ${seconds(readyMs)} s, settled within ${seconds(settledMs)} s`;
    return { line, broken: shortened(broken) };
  } finally {
    await hub.stop("SIGKILL");
    await upstream.stop();
    hub.clear();
  }
}

const seconds = (times: readonly number[]) => (Math.max(...times) / 1000).toFixed(1);
const sleep = (ms: number) => new Promise((wake) => setTimeout(wake, ms));
const shortened = (sentences: string[]) =>
  sentences.length <= 20
    ? sentences
    : [...sentences.slice(0, 20), `and ${sentences.length - 20} more`];

const countsOf = (statuses: ReadonlyMap<string, number>) =>
  [...statuses].map(([status, count]) => `${count} ${status}`).join(", ");
const callsAmong = (seen: readonly number[]) => seen.filter((n) => n < firstJob);

/** The same tools, of which the team says that they may run again. */
async function connectSafe(hub: HubProcess, origin: string): Promise<Tool[]> {
  const tools = await connectAll(hub, `${origin}/f/healthy/mcp`, "Safe");
  for (const { id } of tools)
    await ask(hub, `/api/v1/tools/${id}`, { method: "PATCH", body: { runsAgain: true } });
  return tools;
}

/** The same counting server behind several delays, so that a kill meets calls in every state. */
async function connectAll(hub: HubProcess, url: string, name = "Counting"): Promise<Tool[]> {
  const found: Tool[] = [];
  for (const delay of delays) {
    const tool = await connectTool(hub, {
      name: `${name} ${delay}`,
      url: `${url}?delay=${delay}`,
    });
    await ask(hub, `/api/v1/tools/${tool.id}`, { method: "PATCH", body: { timeoutMs } });
    found.push(tool);
  }
  return found;
}

async function callOnce(
  hub: HubProcess,
  tools: readonly Tool[],
  n: number,
  answered: Set<number>,
): Promise<void> {
  const tool = tools[n % tools.length];
  const surface = surfacesInTurn[Math.floor(Math.random() * surfacesInTurn.length)] ?? "rest";
  if (!tool) return;
  await sleep(Math.random() * 1200);
  // Who was cut off cannot know; who has an answer can ask for its record.
  const answer = await callTool(hub, surface, { tool, args: { n } }).catch(() => undefined);
  if (answer?.outcome === "succeeded") answered.add(n);
}

/** Kills what is named and waits until the hub serves again: of itself when only workerd died, else started anew. */
async function killHub(hub: HubProcess, victim: Victim): Promise<HubProcess> {
  const workerd = workerdOf(hub);
  if (workerd === undefined) throw new Error("The hub's workerd was not found.");
  if (victim !== "node") process.kill(workerd, "SIGKILL");
  if (victim !== "workerd") {
    await hub.stop("SIGKILL");
    return hub.restart();
  }
  const back = await waitUntil(async () => {
    const now = workerdOf(hub);
    if (now === undefined || now === workerd) return false;
    return ask(hub, "/health/ready").then(
      ({ status }) => status === 200,
      () => false,
    );
  }, 20_000);
  if (!back) throw new Error("20 s after its workerd was killed the hub does not serve again.");
  return hub;
}

/** What became of the calls that the server saw or that were answered, by status. */
function judge(
  calls: { seen: number[]; answered: Set<number>; ledger: Map<string, Recorded> },
  check: Check,
): Map<string, number> {
  const { seen, answered, ledger } = calls;
  const records = new Map<number, string[]>();
  for (const { n, status } of ledger.values()) records.set(n, [...(records.get(n) ?? []), status]);
  const statuses = new Map<string, number>();
  for (const n of new Set([...seen, ...answered])) {
    const executions = records.get(n) ?? [];
    const [status = "missing"] = executions;
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    check(executions.length === 1, `call ${n} has ${executions.length} executions`);
    check(ended.includes(status), `call ${n} is ${status}`);
    const sent = seen.filter((one) => one === n).length;
    check(sent === 1, `call ${n} was sent ${sent} times`);
  }
  const running = [...ledger.values()].filter(({ status }) => status === "running");
  check(running.length === 0, `${running.length} executions are still running`);
  return statuses;
}

type Recorded = { n: number; status: Execution["status"] };

/** Reads the list of executions as far as it can have changed, and what is new in it whole: the call's number. */
async function read(hub: HubProcess, ledger: Map<string, Recorded>): Promise<void> {
  for (let cursor = ""; ;) {
    const { body } = await ask(hub, `/api/v1/executions?limit=200${cursor && `&cursor=${cursor}`}`);
    let changes = 0;
    for (const { id, status, surface } of body.items as Execution[]) {
      if (surface === "job") continue;
      const known = ledger.get(id);
      if (known?.status === status && status !== "running") continue;
      changes++;
      const n = known?.n ?? (await ask(hub, `/api/v1/executions/${id}`)).body.arguments.json.n;
      ledger.set(id, { n, status });
    }
    cursor = body.nextCursor ?? "";
    if (changes === 0 || cursor === "") return;
  }
}

async function seenBy(origin: string): Promise<number[]> {
  const { counted } = (await (await fetch(`${origin}/f/healthy/seen`)).json()) as {
    counted: number[];
  };
  return counted.filter((n) => n >= 0);
}
