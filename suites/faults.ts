// Every way a server can fail, through every surface: a typed error in bounded time and memory, and the hub goes on.
import { readFileSync } from "node:fs";
import { errors } from "../shared/errors.ts";
import {
  faults,
  isFaultName,
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
const maxPeakMb = 700;

type Case = { title: string; name: FaultName; fault: Fault; url: string };
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
  const control = (name: FaultName, action: string) =>
    fetch(`${origin}/f/${name}/${action}`, { method: "POST" });
  const callsSeen = async (name: FaultName) =>
    ((await (await fetch(`${origin}/f/${name}/seen`)).json()) as { calls: number }).calls;

  /** A server that cannot be connected says why, and a connection stored all the same says so whenever it is used. */
  async function refused({ title, fault, url }: Omit<Case, "name">): Promise<void> {
    const { value: answer, ms } = await timed(() => connect(hub, title, url));
    slowestMs = Math.max(slowestMs, fault.expect === "upstream_timeout" ? 0 : ms);
    check(
      `${title} connect`,
      answer.body?.error?.code === fault.expect,
      `${said(answer)}, not ${fault.expect}`,
    );
    check(`${title} connect`, ms < connectMs, `took ${Math.round(ms)} ms`);
    if (fault.expect === "upstream_timeout") return;
    const stored = await ask(hub, "/api/v1/connections", {
      body: { connector: "mcp", name: title, config: { url }, allowUnreachable: true },
    });
    check(
      `${title} stored`,
      stored.body?.lastError?.code === fault.expect,
      `${said(stored)}, not ${fault.expect}`,
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

  async function called({ title, fault, name, url }: Case): Promise<void> {
    const { value: connection } = await timed(() => connect(hub, title, url));
    check(`${title} connect`, connection.status === 201, said(connection));
    if (connection.status !== 201) return;
    const tool = (await toolsOf(hub, connection.body.id)).find((one) => one.name === "probe");
    check(`${title} tools`, tool !== undefined, "the healthy tool is not listed");
    if (tool) {
      await ask(hub, `/api/v1/tools/${tool.id}`, { method: "PATCH", body: { timeoutMs } });
      await control(name, "arm");
      for (const surface of surfaces)
        await callOnce({ title: `${title} ${surface}`, fault, name, tool }, surface);
      await control(name, "reset");
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
    check(`${title} delete`, removed.status === 204, said(removed));
  }

  async function callOnce(
    { title, fault, name, tool }: Omit<Case, "url"> & { tool: Tool },
    surface: (typeof surfaces)[number],
  ): Promise<void> {
    if (name !== "connect_refused_on_call") await control(name, "reset");
    const expected = fault.side === "call" ? fault.expect : "succeeded";
    const { value: answer, ms } = await timed(() =>
      callTool(hub, surface, { tool, args: { text: "hello" } }),
    );
    slowestMs = Math.max(slowestMs, ms);
    check(title, answer.outcome === expected, `${answer.outcome}, not ${expected}`);
    check(title, ms < timeoutMs + graceMs, `took ${Math.round(ms)} ms`);
    // A 404 says the session is over and the call was not run; redirects lead the same call on.
    const most = name === "redirect_loop" ? 10 : name === "status_404" ? 2 : 1;
    const sent = await callsSeen(name);
    check(title, sent <= most, `was sent ${sent} times`);
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
        await control(name, "reset");
        if (fault.side !== "call" && fault.expect !== "succeeded") await refused(one);
        else await called(one);
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
    const line = `faults: ${cases} cases of ${size.faults.length} faults × REST, MCP 2025, MCP 2026 (servers of ${size.eras.join(" and ")}), ${broken.length} wrong; slowest ${Math.round(slowestMs)} ms at a limit of ${timeoutMs}; workerd ${restMb} MB, at most ${peakMb}`;
    return { line, broken, cases, slowestMs, peakMb, restMb };
  } finally {
    await hub.stop();
    await upstream.stop();
    hub.clear();
  }
}

const said = ({ status, body }: Answer) =>
  `${status} ${body?.error?.code ?? ""} ${body?.error?.message ?? ""}`.trim();

function memoryOf(pid: number | undefined): { peakMb: number; restMb: number } {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const read = (key: string) =>
    Math.round(Number(new RegExp(`${key}:\\s+(\\d+) kB`).exec(status)?.[1] ?? 0) / 1024);
  return { peakMb: read("VmHWM"), restMb: read("VmRSS") };
}
