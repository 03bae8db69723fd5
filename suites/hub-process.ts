// A hub of its own for a suite: its own port, its own data folder, started and ended as `npm start` does it.
import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

export type HubProcess = {
  url: string;
  port: number;
  data: string;
  apiKey: string;
  child: ChildProcess;
  /** Everything it has printed. */
  output: () => string;
  /** Does what a cron does, as if it were this time; whether it could. */
  fire: (cron: string, at: number) => Promise<boolean>;
  stop: (signal?: NodeJS.Signals) => Promise<void>;
  /** Starts anew on the same data folder, with these settings besides. */
  restart: (env?: Record<string, string>) => Promise<HubProcess>;
  /** Removes the data folder. */
  clear: () => void;
};

export type HubSettings = {
  env?: Record<string, string>;
  data?: string;
  port?: number;
  apiKey?: string;
  /** What starts it, if not what `npm start` runs. */
  script?: string;
  /** The tree of the project it belongs to, if not this one. */
  folder?: string;
};

export async function startHubProcess(settings: HubSettings = {}): Promise<HubProcess> {
  const port = settings.port ?? (await freePort());
  const data = settings.data ?? mkdtempSync(join(tmpdir(), "plugboard-"));
  const child = spawn(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", settings.script ?? "scripts/start.ts"],
    {
      cwd: settings.folder,
      env: { ...process.env, PORT: String(port), PLUGBOARD_DATA: data, ...settings.env },
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    },
  );
  endWithUs(child);
  let output = "";
  const gather = (chunk: Buffer) => (output += chunk.toString());
  child.stdout?.on("data", gather);
  child.stderr?.on("data", gather);
  const ended = () => child.exitCode !== null || child.signalCode !== null;
  await waitUntil(() => output.includes("Plugboard ready") || ended(), 60_000);
  if (ended()) throw new Error(`The hub ended at once:\n${output}`);
  if (!output.includes("Plugboard ready")) {
    child.kill("SIGKILL");
    throw new Error(`The hub was not ready within a minute:\n${output}`);
  }
  const apiKey = settings.apiKey ?? /pb_[0-9A-Za-z]{38}/.exec(output)?.[0] ?? "";
  const stop = async (signal: NodeJS.Signals = "SIGTERM") => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((done) => child.once("exit", done));
    child.kill(signal);
    await ended;
  };
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    data,
    apiKey,
    child,
    output: () => output,
    fire: (cron, at) => fireCron(child, cron, at),
    stop,
    restart: (env) =>
      startHubProcess({ ...settings, env: { ...settings.env, ...env }, port, data, apiKey }),
    clear: () => rmSync(data, { recursive: true, force: true }),
  };
}

function fireCron(child: ChildProcess, cron: string, at: number): Promise<boolean> {
  return new Promise((done) => {
    const hear = (message: { at?: number; fired?: boolean }) => {
      if (message.at === at) end(message.fired === true);
    };
    const die = () => end(false);
    const end = (fired: boolean) => {
      child.off("message", hear).off("exit", die);
      done(fired);
    };
    child.on("message", hear).on("exit", die);
    child.send({ cron, at });
  });
}

/** What a suite found. */
export type Figure = {
  /** One line for a person. */
  line: string;
  /** What breaks the promise, a sentence each. */
  broken: string[];
};

export type Answer = { status: number; headers: Headers; body: any };

/** One request to the hub's REST API. */
export async function ask(
  hub: Pick<HubProcess, "url" | "apiKey">,
  path: string,
  init: {
    method?: string;
    body?: unknown;
    headers?: Record<string, string>;
    signal?: AbortSignal;
  } = {},
): Promise<Answer> {
  const response = await fetch(`${hub.url}${path}`, {
    method: init.method ?? (init.body === undefined ? "GET" : "POST"),
    headers: {
      authorization: `Bearer ${hub.apiKey}`,
      ...(init.body === undefined ? {} : { "content-type": "application/json" }),
      ...init.headers,
    },
    ...(init.body === undefined ? {} : { body: JSON.stringify(init.body) }),
    ...(init.signal ? { signal: init.signal } : {}),
  });
  const text = await response.text();
  let body: unknown = text;
  try {
    body = JSON.parse(text);
  } catch {
    // Not everything is JSON.
  }
  return { status: response.status, headers: response.headers, body };
}

export async function connect(
  hub: HubProcess,
  name: string,
  url: string,
  extra: object = {},
): Promise<Answer> {
  return ask(hub, "/api/v1/connections", {
    body: { connector: "mcp", name, config: { url, ...extra } },
  });
}

export const surfaces = ["rest", "mcp-2025", "mcp-2026"] as const;
export type Surface = (typeof surfaces)[number];
export type Tool = { id: string; name: string; exposedName: string };
export type Called = {
  status: number;
  headers: Headers;
  /** `succeeded`, `failed` (the tool's own error), or the hub's error code. */
  outcome: string;
  text: string;
};

export async function toolsOf(hub: HubProcess, connection: string): Promise<Tool[]> {
  const { body } = await ask(hub, `/api/v1/tools?limit=200&connection=${connection}`);
  return body.items;
}

/** Connects a server and finds the tool of it that is to be called. */
export async function connectTool(
  hub: HubProcess,
  { name, url, tool = "count" }: { name: string; url: string; tool?: string },
): Promise<Tool> {
  const { body } = await connect(hub, name, url);
  const found = body.id && (await toolsOf(hub, body.id)).find((one) => one.name === tool);
  if (!found) throw new Error(`The server was not connected: ${JSON.stringify(body)}`);
  return found;
}

/** One call of a tool through one of the hub's surfaces. Throws only when the hub itself does not answer. */
export async function callTool(
  hub: Pick<HubProcess, "url" | "apiKey">,
  surface: Surface,
  { tool, args = {}, signal }: { tool: Tool; args?: object; signal?: AbortSignal },
): Promise<Called> {
  const response =
    surface === "rest"
      ? await post(hub, `/api/v1/tools/${tool.id}/call`, { body: { arguments: args }, signal })
      : await postMcp(hub, surface, {
          method: "tools/call",
          params: { name: tool.exposedName, arguments: args },
          signal,
        });
  const text = await response.text();
  const { status, headers } = response;
  return { status, headers, outcome: outcomeOf(surface, status, text), text };
}

/** One MCP request at `/mcp` or another endpoint, as a client of that revision sends it. */
export function postMcp(
  hub: Pick<HubProcess, "url" | "apiKey">,
  surface: Exclude<Surface, "rest">,
  request: {
    method: string;
    params?: Record<string, unknown>;
    path?: string;
    signal?: AbortSignal | undefined;
  },
): Promise<Response> {
  const { method, params = {}, path = "/mcp", signal } = request;
  const modern = surface === "mcp-2026";
  const version = modern ? "2026-07-28" : "2025-11-25";
  const meta = {
    "io.modelcontextprotocol/protocolVersion": version,
    "io.modelcontextprotocol/clientCapabilities": {},
    "io.modelcontextprotocol/clientInfo": { name: "suite", version: "1" },
  };
  const name = params["name"];
  return post(hub, path, {
    headers: {
      accept: "application/json, text/event-stream",
      "mcp-protocol-version": version,
      ...(modern ? { "mcp-method": method } : {}),
      ...(modern && typeof name === "string" ? { "mcp-name": name } : {}),
    },
    body: {
      jsonrpc: "2.0",
      id: 1,
      method,
      params: modern ? { ...params, _meta: { ...meta, ...(params["_meta"] as object) } } : params,
    },
    signal,
  });
}

function post(
  hub: Pick<HubProcess, "url" | "apiKey">,
  path: string,
  init: { body: unknown; headers?: Record<string, string>; signal?: AbortSignal | undefined },
): Promise<Response> {
  return fetch(`${hub.url}${path}`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${hub.apiKey}`,
      "content-type": "application/json",
      ...init.headers,
    },
    body: JSON.stringify(init.body),
    ...(init.signal ? { signal: init.signal } : {}),
  });
}

function outcomeOf(surface: Surface, status: number, text: string): string {
  const answer = lastMessage(text);
  if (answer === undefined) return `no JSON, status ${status}`;
  if (surface === "rest") return answer.execution?.status ?? answer.error?.code ?? "no outcome";
  // A server's own JSON-RPC error is passed on as it is.
  if (answer.error) return answer.error.data?.code ?? "upstream_error";
  if (answer.result?.isError !== true) return answer.result ? "succeeded" : "no outcome";
  return answer.result._meta?.["io.plugboard/error"]?.code ?? "failed";
}

/** The JSON of an answer, or of the last event of a stream. */
export function lastMessage(text: string): any {
  const data = /^(?:event|data|id|:)/.test(text)
    ? (text.match(/^data:.*$/gm)?.at(-1) ?? "").slice(5)
    : text;
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}

export type Process = { pid: number; parent: number; group: number; command: string };

/** Every process of this machine, as Linux tells of them. */
export function processes(): Process[] {
  return readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry))
    .flatMap((entry) => {
      try {
        const stat = readFileSync(`/proc/${entry}/stat`, "utf8");
        const [state, parent, group] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
        const command = readFileSync(`/proc/${entry}/cmdline`, "utf8").replaceAll("\0", " ").trim();
        // A zombie has ended: it only waits for its parent to hear of it.
        if (state === "Z") return [];
        return [{ pid: Number(entry), parent: Number(parent), group: Number(group), command }];
      } catch {
        return [];
      }
    });
}

/** The workerd that serves this hub. */
export function workerdOf(hub: Pick<HubProcess, "child">): number | undefined {
  const all = processes();
  const within = (pid: number): boolean => {
    const parent = all.find((one) => one.pid === pid)?.parent ?? 0;
    return parent === hub.child.pid || (parent > 1 && within(parent));
  };
  return all.find(({ pid, command }) => /workerd\S* serve/.test(command) && within(pid))?.pid;
}

export async function freePort(): Promise<number> {
  return new Promise((done, failed) => {
    const probe = createServer();
    probe.once("error", failed);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => done(typeof address === "object" && address ? address.port : 0));
    });
  });
}

/** A process that says a line when it is ready. */
export async function startProcess(
  script: string,
  args: readonly string[],
  ready: RegExp,
  env: Record<string, string> = {},
): Promise<{ child: ChildProcess; line: string; stop: () => Promise<void> }> {
  const child = spawn(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", script, ...args],
    {
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  endWithUs(child);
  let output = "";
  const gather = (chunk: Buffer) => (output += chunk.toString());
  child.stdout.on("data", gather);
  child.stderr.on("data", gather);
  await waitUntil(() => ready.test(output) || child.exitCode !== null, 15_000);
  const line = ready.exec(output)?.[0];
  if (line === undefined) throw new Error(`${script} did not start:\n${output}`);
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((done) => child.once("exit", done));
    child.kill("SIGTERM");
    await ended;
  };
  return { child, line, stop };
}

/** A suite that fails half-way leaves no process behind. */
function endWithUs(child: ChildProcess): void {
  const end = () => child.kill("SIGKILL");
  process.once("exit", end);
  child.once("exit", () => process.off("exit", end));
}

export async function waitUntil(
  holds: () => boolean | Promise<boolean>,
  withinMs: number,
): Promise<boolean> {
  const end = Date.now() + withinMs;
  while (Date.now() < end) {
    if (await holds()) return true;
    await new Promise((wake) => setTimeout(wake, 25));
  }
  return holds();
}
