// `npm start`: the hub on this machine, and with --demo a real MCP server beside it.
import { spawn, spawnSync } from "node:child_process";
import { createServer } from "node:net";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { planNamed, readPlans } from "../shared/plans.ts";
import { build } from "./build.ts";
import { runtimeEnvironment, takeDataFolder } from "./data-folder.ts";
import type { Hub } from "./hub.ts";

const settings = [
  "PLUGBOARD_USER_PER_MINUTE",
  "PLUGBOARD_CONNECTION_PER_MINUTE",
  "PLUGBOARD_USER_PER_DAY",
  "PLUGBOARD_PLAN",
  "PLUGBOARD_PLANS",
  "PLUGBOARD_LEDGER_ROWS",
  "PLUGBOARD_OTLP_URL",
  "PLUGBOARD_TRACE_RATIO",
  "PLUGBOARD_LOG_EXECUTIONS",
  "PLUGBOARD_ALLOW_LOOPBACK",
  "PLUGBOARD_DOH_URL",
  "PLUGBOARD_HOSTS",
  "PLUGBOARD_SIGN_UP",
  "PLUGBOARD_MAIL_FROM",
  "PLUGBOARD_ADDRESS_HEADER",
  "PLUGBOARD_CORS_ORIGINS",
  "PLUGBOARD_AUDIT_DAYS",
  "PLUGBOARD_CLIENT_METADATA_URL",
];

/** What to undo at the end, last first. */
const undo: (() => void | Promise<void>)[] = [];
let stopping = false;

async function stop(code: number): Promise<never> {
  if (!stopping) {
    stopping = true;
    // Whatever hangs, the process ends.
    setTimeout(() => process.exit(code), 5000).unref();
    for (const step of undo.toReversed()) await step();
  }
  process.exit(code);
}

async function main(): Promise<void> {
  const { demo, port, data } = readSettings();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    process.once(signal, () => void stop(0));
  stopWithParent();
  undo.push(takeDataFolder(data));
  await requireFreePort(port);
  Object.assign(process.env, runtimeEnvironment(data));
  const built = await build();
  const { startHub } = await import("./hub.ts");
  const hub = await startHub({ built, port, data, vars: settingsFor(port) });
  undo.push(hub.stop);
  answerParent(hub);
  const demoServer = demo ? await startDemoServer(port) : undefined;
  const apiKey = await invite(hub);
  if (demoServer !== undefined) await connectDemo(hub, demoServer, apiKey);
  console.log(`Plugboard ready: ${hub.url}`);
}

function readSettings() {
  let demo: boolean;
  try {
    ({
      values: { demo = false },
    } = parseArgs({ options: { demo: { type: "boolean" } } }));
  } catch (error) {
    fail(`${(error as Error).message} Known option: --demo.`);
  }
  const port = Number(process.env["PORT"] ?? 8787);
  if (!Number.isInteger(port) || port < 1 || port > 65535)
    fail(`PORT must be a port number from 1 to 65535, not "${process.env["PORT"]}".`);
  return { demo, port, data: resolve(process.env["PLUGBOARD_DATA"] ?? ".plugboard") };
}

function settingsFor(port: number): Record<string, string> {
  const hosts = ["localhost", "127.0.0.1", "[::1]"].map((host) => `${host}:${port}`);
  const vars: Record<string, string> = {
    // This is one person's machine: its servers are on it. Nothing is asked of resolvers outside.
    PLUGBOARD_ALLOW_LOOPBACK: "true",
    PLUGBOARD_DOH_URL: "",
    PLUGBOARD_HOSTS: hosts.join(","),
    PLUGBOARD_SIGN_UP: "open",
    // No proxy stands before it, so no header says more than that it is this machine.
    PLUGBOARD_ADDRESS_HEADER: "",
  };
  for (const name of settings) {
    const given = process.env[name];
    if (given !== undefined) vars[name] = given;
  }
  for (const [name, unit] of [
    ["PLUGBOARD_USER_PER_MINUTE", "minute"],
    ["PLUGBOARD_CONNECTION_PER_MINUTE", "minute"],
    ["PLUGBOARD_USER_PER_DAY", "day"],
  ] as const) {
    const given = vars[name];
    if (given !== undefined && !/^\d{1,9}$/.test(given))
      fail(`${name} must be a whole number of calls a ${unit} (0 for no limit), not "${given}".`);
  }
  const read = readPlans(vars["PLUGBOARD_PLANS"] ?? "");
  if ("fault" in read) fail(read.fault);
  const usual = vars["PLUGBOARD_PLAN"] ?? "unlimited";
  const found = planNamed(read.plans, { name: null, usual });
  if ("fault" in found) fail(found.fault);
  return vars;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((done) => {
    const probe = createServer();
    probe.once("error", () => done(false));
    probe.listen(port, "127.0.0.1", () => probe.close(() => done(true)));
  });
}

async function requireFreePort(port: number): Promise<void> {
  if (!(await isFree(port)))
    throw new Error(
      `Port ${port} is taken. Set PORT to a free one, for example PORT=${port + 1} npm start.`,
    );
}

/** Prints a link to sign in with. An empty hub is set up first, and its API key is printed too. */
async function invite(hub: Hub): Promise<string | undefined> {
  const path = hub.empty ? "/api/auth/setup" : "/api/auth/sign-in-links";
  const { signInToken, apiKey } = await ask<{ signInToken: string; apiKey?: string }>(hub, path, {
    token: hub.setupToken,
    method: "POST",
    ...(hub.empty ? { body: { team: "My team", owner: "Owner" } } : {}),
  });
  console.log(`Sign-in link (good once, for ten minutes): ${hub.url}/sign-in?token=${signInToken}`);
  if (apiKey !== undefined) console.log(`API key (shown only now): ${apiKey}`);
  return apiKey;
}

/**
 * The URL of a server-everything of its own, ended with the hub. It stands at the port above the hub's, so that the
 * connection to it still leads there after the next start.
 */
async function startDemoServer(hubPort: number): Promise<string> {
  const port = hubPort < 65_535 && (await isFree(hubPort + 1)) ? hubPort + 1 : await freePort();
  const entry = join(
    "node_modules",
    "@modelcontextprotocol",
    "server-everything",
    "dist",
    "index.js",
  );
  const [command, ...args] = [
    ...endsWithParent(),
    process.execPath,
    entry,
    "streamableHttp",
  ] as const;
  const child = spawn(command, args, {
    env: { ...process.env, PORT: String(port) },
    stdio: ["ignore", "ignore", "pipe"],
  });
  undo.push(() => void child.kill("SIGTERM"));
  const url = `http://127.0.0.1:${port}/mcp`;
  let said = "";
  child.stderr?.on("data", (chunk: Buffer) => (said = (said + chunk.toString()).slice(-2000)));
  for (let tries = 0; tries < 200; tries++) {
    if (child.exitCode !== null) throw new Error(`The demo server ended at once:\n${said}`);
    const answered = await fetch(url, { method: "GET" }).then(
      () => true,
      () => false,
    );
    if (answered) return url;
    await new Promise((wake) => setTimeout(wake, 50));
  }
  throw new Error(`The demo server did not answer within 10 s.\n${said}`);
}

/** Where the system can, a child ends with this process even when it is killed. */
function endsWithParent(): [string, string, string] | [] {
  const can = spawnSync("setpriv", ["--pdeathsig", "KILL", "true"]).status === 0;
  return can ? ["setpriv", "--pdeathsig", "KILL"] : [];
}

async function freePort(): Promise<number> {
  return new Promise((done, failed) => {
    const probe = createServer();
    probe.once("error", failed);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => done(typeof address === "object" && address ? address.port : 0));
    });
  });
}

/** Connects the demo server on an empty hub; on one that has it already, points the connection at it. */
async function connectDemo(hub: Hub, url: string, apiKey: string | undefined): Promise<void> {
  const token = apiKey ?? process.env["PLUGBOARD_API_KEY"];
  if (token === undefined) {
    console.log(
      `The demo server runs at ${url}. If this hub has no connection to it yet, add it on the page Connections.`,
    );
    return;
  }
  const known = await ask<{ items: { id: string; name: string }[] }>(
    hub,
    "/api/v1/connections?limit=200",
    { token },
  );
  const demo = known.items.find(({ name }) => name === "Everything");
  const connection = await ask<{ counts: { tools: number } }>(
    hub,
    demo ? `/api/v1/connections/${demo.id}` : "/api/v1/connections",
    {
      token,
      method: demo ? "PATCH" : "POST",
      body: demo ? { config: { url } } : { connector: "mcp", name: "Everything", config: { url } },
    },
  );
  console.log(`Demo server connected as "Everything": ${connection.counts.tools} tools.`);
}

async function ask<Answer>(
  hub: Hub,
  path: string,
  { token, method, body }: { token: string; method?: string; body?: unknown },
): Promise<Answer> {
  const response = await fetch(`${hub.url.replace("localhost", "127.0.0.1")}${path}`, {
    method: method ?? (body === undefined ? "GET" : "POST"),
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok)
    throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as Answer;
}

/** A process that started this one with a channel may have a cron fired now, as if it were another time. */
function answerParent(hub: Hub): void {
  process.on("message", ({ cron, at }: { cron: string; at: number }) => {
    void hub
      .fire(cron, at)
      .then(() => true)
      .catch(() => false)
      .then((fired) => process.send?.({ cron, at, fired }));
  });
}

/** When the shell or npm above is killed, nothing of the hub is left behind. */
function stopWithParent(): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) void stop(0);
  }, 500).unref();
}

function fail(sentence: string): never {
  console.error(sentence);
  process.exit(1);
}

await main().catch(async (error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  await stop(1);
});
