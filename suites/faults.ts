// Every way a server can fail, through every surface: a typed error in bounded time and memory, and the hub goes on.
import { readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { errors } from "../shared/errors.ts";
import {
  faults,
  isFaultName,
  passing,
  type Fault,
  type FaultName,
} from "../workers/testing/faults/faults.ts";
import {
  ask,
  callTool,
  connect,
  lastMessage,
  postMcp,
  startHubProcess,
  startProcess,
  surfaces,
  toolsOf,
  workerdOf,
  type Answer,
  type Figure,
  type Tool,
} from "./hub-process.ts";

export type FaultsSize = {
  faults: readonly FaultName[];
  /** The revisions the failing servers speak. */
  eras: readonly ("2025" | "2026")[];
};

export type FaultsFigure = Figure & {
  cases: number;
  slowestMs: number;
  peakMb: number;
  restMb: number;
};

export const faultsSize = {
  full: { faults: Object.keys(faults).filter(isFaultName), eras: ["2026", "2025"] },
  tenth: {
    faults: [
      "connect_refused",
      "status_401",
      "status_429_absurd",
      "reset_mid_body",
      "slow_body",
      "redirect_private",
      "flood",
      "deep_json",
      "sse_endless",
      "list_cursor_endless",
      "list_schema_cyclic",
      "error_echo_plain",
    ],
    eras: ["2026"],
  },
} satisfies Record<string, FaultsSize>;

const timeoutMs = 1000;
/** What a call may take beyond its time limit: a flood of megabytes read to the hub's cap, on two cores. */
const graceMs = 2000;
/** The hub gives an opening 15 seconds and a listing 45, whatever the tools' limits are. */
const connectMs = 17_000;
/** Where some hundred jobs, each with an object of its own, settle beside the floods; more of them add nothing. */
const maxPeakMb = 900;

/** `probe` could do something twice, `look` changes nothing. */
const toolNames = ["probe", "look"] as const;
type ToolName = (typeof toolNames)[number];
/** Faults after which nothing is sent again, whatever the tool. */
const said: ReadonlySet<string> = new Set<FaultName>([
  "status_400",
  "status_403",
  "hang",
  "invalid_json",
  "error_in_200",
  "tool_error",
]);
/** What of them asks to wait past the time limit. */
const asksToWait = (name: FaultName) => /^status_\d+_(seconds|date)$/.test(name);

type Case = { title: string; name: FaultName; fault: Fault; url: string };
type OneTool = Case & { toolName: ToolName; tool: Tool };
type Check = (title: string, holds: boolean, otherwise: string) => void;

export async function runFaults(size: FaultsSize): Promise<FaultsFigure> {
  const broken: string[] = [];
  let cases = 0;
  let slowestMs = 0;
  const check: Check = (title, holds, otherwise) => {
    if (!holds) broken.push(`${title}: ${otherwise}`);
  };
  const timed = async <Value>(work: () => Promise<Value>) => {
    const begun = performance.now();
    const value = await work();
    const ms = performance.now() - begun;
    cases++;
    return { value, ms };
  };

  const upstream = await startProcess(
    "workers/testing/faults/process.ts",
    ["--port", "0"],
    /http:\S+/,
  );
  const origin = upstream.line;
  const hub = await startHubProcess({
    env: { PLUGBOARD_USER_PER_MINUTE: "0", PLUGBOARD_CONNECTION_PER_MINUTE: "0" },
  });
  const workerd = workerdOf(hub);
  const table = (await (await fetch(`${origin}/faults`)).json()) as Record<
    FaultName,
    Fault & { url: string }
  >;
  const control = (name: FaultName, action: string, id = "probe") =>
    fetch(`${origin}/f/${name}/${action}?id=${id}`, { method: "POST" });
  const callsSeen = async (name: FaultName, id: string) =>
    ((await (await fetch(`${origin}/f/${name}/seen?id=${id}`)).json()) as { calls: number }).calls;

  /** A server that cannot be connected says why, and a connection stored all the same says so whenever it is used. */
  async function refused({ title, fault, url }: Omit<Case, "name">): Promise<void> {
    const { value: answer, ms } = await timed(() => connect(hub, title, url));
    slowestMs = Math.max(slowestMs, fault.expect === "upstream_timeout" ? 0 : ms);
    check(
      `${title} connect`,
      answer.body?.error?.code === fault.expect,
      `${told(answer)}, not ${fault.expect}`,
    );
    check(`${title} connect`, ms < connectMs, `took ${Math.round(ms)} ms`);
    if (fault.expect === "upstream_timeout") return;
    const stored = await ask(hub, "/api/v1/connections", {
      body: { connector: "mcp", name: title, config: { url }, allowUnreachable: true },
    });
    check(
      `${title} stored`,
      stored.body?.lastError?.code === fault.expect,
      `${told(stored)}, not ${fault.expect}`,
    );
    for (const surface of ["mcp-2025", "mcp-2026"] as const) {
      const { value: response, ms } = await timed(() =>
        postMcp(hub, surface, {
          method: "tools/call",
          path: `/mcp/c/${stored.body.slug}`,
          params: { name: "probe" },
        }),
      );
      const message = lastMessage(await response.text());
      const code =
        message?.error?.data?.code ?? message?.result?._meta?.["io.plugboard/error"]?.code;
      check(
        `${title} ${surface}`,
        Object.hasOwn(errors, String(code)),
        `code ${code} is none of the hub's`,
      );
      check(`${title} ${surface}`, ms < timeoutMs + graceMs, `took ${Math.round(ms)} ms`);
    }
    await ask(hub, `/api/v1/connections/${stored.body.id}`, { method: "DELETE" });
  }

  async function called(one: Case, toolName: ToolName): Promise<void> {
    const { name } = one;
    const title = `${one.title} ${toolName}`;
    const url = `${one.url}&id=${toolName}`;
    const { value: connection } = await timed(() => connect(hub, title, url));
    check(`${title} connect`, connection.status === 201, told(connection));
    if (connection.status !== 201) return;
    const tools = await toolsOf(hub, connection.body.id);
    const tool = tools.find((listed) => listed.name === toolName);
    check(`${title} tools`, tool !== undefined, "the healthy tool is not listed");
    if (tool) {
      await ask(hub, `/api/v1/tools/${tool.id}`, { method: "PATCH", body: { timeoutMs } });
      await control(name, "arm", toolName);
      const heal = tools.find((listed) => listed.name === "count");
      for (const surface of surfaces) {
        await callOnce({ ...one, title: `${title} ${surface}`, toolName, tool }, surface);
        await settleDown({ ...one, toolName }, heal);
      }
      await jobOnce({ ...one, title: `${title} job`, toolName, tool });
      await control(name, "reset", toolName);
    }
    for (const surface of ["mcp-2025", "mcp-2026"] as const) {
      const listed = lastMessage(
        await (
          await postMcp(hub, surface, {
            method: "tools/list",
            path: `/mcp/c/${connection.body.slug}`,
          })
        ).text(),
      );
      check(
        `${title} ${surface} tools/list`,
        Array.isArray(listed?.result?.tools),
        JSON.stringify(listed).slice(0, 200),
      );
    }
    const removed = await ask(hub, `/api/v1/connections/${connection.body.id}`, {
      method: "DELETE",
    });
    check(`${title} delete`, removed.status === 204, told(removed));
  }

  /** A breaker that opened, or a vendor that asked to wait, would refuse the next call. */
  async function settleDown(
    { name, toolName }: Pick<OneTool, "name" | "toolName">,
    heal: Tool | undefined,
  ): Promise<void> {
    if (asksToWait(name)) await wait(2100);
    if (toolName === "probe" || !heal || !passing.has(name)) return;
    const isPort = name === "connect_refused_on_call";
    await control(name, isPort ? "reset" : "mend", toolName);
    await callTool(hub, "rest", { tool: heal, args: { n: 1 } });
    await control(name, isPort ? "arm" : "break", toolName);
  }

  /** How often a server may be asked by one call, or one attempt of a job. */
  function mostSent(name: FaultName, again: boolean): number {
    if (name === "connect_refused_on_call") return 0;
    // A 404 says the session is over and the call was not run; redirects lead the same call on.
    if (name === "redirect_loop") return 10;
    if (name === "status_404") return 2;
    return again ? 3 : 1;
  }

  /** Whether it is sent again shows in a job that waits for its next attempt; it is not waited for. */
  async function jobOnce({ title, fault, name, toolName, tool }: OneTool): Promise<void> {
    const before = await callsSeen(name, toolName);
    const made = await ask(hub, "/api/v1/jobs", {
      body: { toolId: tool.id, arguments: { text: "hello" }, timeoutMs },
    });
    check(title, made.status === 202, told(made));
    if (made.status !== 202) return;
    const path = `/api/v1/jobs/${made.body.id}`;
    const begun = performance.now();
    const limitMs = timeoutMs + graceMs + 5000;
    let { body: job } = await ask(hub, path);
    while (!isOver(job) && job.nextAttemptAt === null && performance.now() - begun < limitMs) {
      await wait(20);
      ({ body: job } = await ask(hub, path));
    }
    cases++;
    const outlasts = fault.side === "call" && fault.expect === "upstream_timeout";
    const again = toolName === "look" && fault.side === "call" && (passing.has(name) || outlasts);
    check(title, isOver(job) !== again, `is ${job.status} after ${job.attempts} attempts`);
    if (!isOver(job)) await ask(hub, `${path}/cancel`, { method: "POST" });
    else {
      const expected = fault.side === "call" ? fault.expect : "succeeded";
      const outcome = job.status === "succeeded" ? "succeeded" : job.error?.code;
      const wanted = expected === "failed" ? "tool_error" : expected;
      check(title, outcome === wanted, `${outcome}, not ${wanted}`);
    }
    const { body: last } = await ask(hub, path);
    const sent = (await callsSeen(name, toolName)) - before;
    const most = mostSent(name, false) * last.attempts;
    check(title, sent <= most, `was sent ${sent} times in ${last.attempts} attempts`);
  }

  async function callOnce(
    { title, fault, name, toolName, tool }: OneTool,
    surface: (typeof surfaces)[number],
  ): Promise<void> {
    const before = await callsSeen(name, toolName);
    const expected = fault.side === "call" ? fault.expect : "succeeded";
    const { value: answer, ms } = await timed(() =>
      callTool(hub, surface, { tool, args: { text: "hello" } }),
    );
    slowestMs = Math.max(slowestMs, ms);
    const again = toolName === "look" && passing.has(name) && !asksToWait(name);
    // The time limit may end what would be the last attempt.
    const isRight = answer.outcome === expected || (again && answer.outcome === "upstream_timeout");
    check(title, isRight, `${answer.outcome}, not ${expected}`);
    check(title, ms < timeoutMs + graceMs, `took ${Math.round(ms)} ms`);
    const sent = (await callsSeen(name, toolName)) - before;
    const isPort = name === "connect_refused_on_call";
    check(title, sent <= mostSent(name, again), `was sent ${sent} times`);
    check(title, isPort || sent >= (again ? 2 : 1), `was sent ${sent} times only`);
  }

  try {
    for (const era of size.eras)
      for (const name of size.faults) {
        const fault = faults[name];
        const one: Case = {
          title: `${name} ${era}`,
          name,
          fault,
          url: `${table[name].url}?era=${era}`,
        };
        for (const toolName of toolNames) await control(name, "reset", toolName);
        if (fault.side !== "call" && fault.expect !== "succeeded") await refused(one);
        else {
          await called(one, "probe");
          if (fault.side === "call" && (passing.has(name) || said.has(name)))
            await called(one, "look");
        }
        const health = await ask(hub, "/health/ready");
        check(one.title, health.status === 200, `afterwards the hub's health is ${health.status}`);
      }
    check(
      "health",
      workerdOf(hub) === workerd && workerd !== undefined,
      "workerd did not stay the same process",
    );
    const { peakMb, restMb } = memoryOf(workerd);
    check("memory", peakMb < maxPeakMb, `workerd took up to ${peakMb} MB`);
    const leaks = hub.output().match(/"event":"[^"]*(?:failed|unforeseen)"/g) ?? [];
    check(
      "log",
      leaks.length === 0,
      `the hub logged ${leaks.length} failures of its own: ${[...new Set(leaks)].join(", ")}`,
    );
    const line = `faults: ${cases} cases of ${size.faults.length} faults × REST, MCP 2025, MCP 2026, jobs (servers of ${size.eras.join(" and ")}), ${broken.length} wrong; slowest ${Math.round(slowestMs)} ms at a limit of ${timeoutMs}; workerd ${restMb} MB, at most ${peakMb}`;
    return { line, broken, cases, slowestMs, peakMb, restMb };
  } finally {
    await hub.stop();
    await upstream.stop();
    hub.clear();
  }
}

const isOver = ({ status }: { status: string }): boolean => !["queued", "running"].includes(status);

const told = ({ status, body }: Answer) =>
  `${status} ${body?.error?.code ?? ""} ${body?.error?.message ?? ""}`.trim();

function memoryOf(pid: number | undefined): { peakMb: number; restMb: number } {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const read = (key: string) =>
    Math.round(Number(new RegExp(`${key}:\\s+(\\d+) kB`).exec(status)?.[1] ?? 0) / 1024);
  return { peakMb: read("VmHWM"), restMb: read("VmRSS") };
}
