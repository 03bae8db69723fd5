// A hub of its own for a suite: its own port, its own data folder, started and ended as `npm start` does it.
import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
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
  stop: (signal?: NodeJS.Signals) => Promise<void>;
  /** Starts anew on the same data folder. */
  restart: () => Promise<HubProcess>;
  /** Removes the data folder. */
  clear: () => void;
};

export type HubSettings = { env?: Record<string, string>; data?: string; port?: number; apiKey?: string };

export async function startHubProcess(settings: HubSettings = {}): Promise<HubProcess> {
  const port = settings.port ?? (await freePort());
  const data = settings.data ?? mkdtempSync(join(tmpdir(), "plugboard-"));
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", "scripts/start.ts"], {
    env: { ...process.env, PORT: String(port), PLUGBOARD_DATA: data, ...settings.env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const gather = (chunk: Buffer) => (output += chunk.toString());
  child.stdout.on("data", gather);
  child.stderr.on("data", gather);
  await waitUntil(() => output.includes("Plugboard ready") || child.exitCode !== null, 60_000);
  if (child.exitCode !== null) throw new Error(`The hub ended at once:\n${output}`);
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
    stop,
    restart: () => startHubProcess({ ...settings, port, data, apiKey }),
    clear: () => rmSync(data, { recursive: true, force: true }),
  };
}

export type Answer = { status: number; headers: Headers; body: any };

/** One request to the hub's REST API. */
export async function ask(
  hub: Pick<HubProcess, "url" | "apiKey">,
  path: string,
  init: { method?: string; body?: unknown; headers?: Record<string, string>; signal?: AbortSignal } = {},
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

export async function connect(hub: HubProcess, name: string, url: string, extra: object = {}): Promise<Answer> {
  return ask(hub, "/api/v1/connections", {
    body: { connector: "mcp", name, config: { url, ...extra } },
  });
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
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", script, ...args], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
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
