// Real clients that sign in at the hub by themselves; only the browser is ours.
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { freePort, waitUntil, type HubProcess } from "../hub-process.ts";
import { allow, register, type Browser } from "./browser.ts";

const versions = { "@modelcontextprotocol/inspector": "2.12.0", "mcp-remote": "0.15.1" };
const folder = join(".cache", `mcp-clients-${Object.values(versions).join("-")}`);
const bin = (name: string) => resolve(folder, "node_modules", ".bin", name);

/** Not packages of the project: they bring two hundred others, which nobody needs who does not run this suite. */
function install(): void {
  if (existsSync(bin("mcp-remote")) && existsSync(bin("mcp-inspector"))) return;
  mkdirSync(folder, { recursive: true });
  const packages = Object.entries(versions).map(([name, version]) => `${name}@${version}`);
  const args = ["install", "--prefix", folder, "--no-save", "--no-audit", "--no-fund"];
  const { status } = spawnSync("npm", [...args, "--loglevel=error", ...packages], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (status !== 0) throw new Error("The clients could not be installed. Check the npm registry.");
}

type Running = { child: ChildProcess; output: () => string; ended: Promise<void> };

function run(command: string, args: string[], env: Record<string, string> = {}): Running {
  const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: "pipe" });
  let output = "";
  child.stdout?.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const ended = new Promise<void>((done) => child.once("exit", () => done()));
  return { child, output: () => output, ended };
}

/** Does what the person does whom the client asks to open a URL. */
async function answerInBrowser(browser: Browser, { output, child }: Running): Promise<void> {
  // Terminals end a link with a control character, and it may arrive in pieces.
  const asked = () =>
    /http:[!-~]+\/oauth\/authorize\?[!-~]+(?=[^!-~])/.exec(output().replaceAll("]8;;", ""))?.[0];
  await waitUntil(() => asked() !== undefined || child.exitCode !== null, 30_000);
  const url = asked();
  if (url === undefined)
    throw new Error(`The client asked for no browser:\n${output().slice(-2000)}`);
  await fetch(await allow(browser, url));
}

async function endOf({ child, ended }: Running, withinMs: number): Promise<void> {
  const late = setTimeout(() => child.kill("SIGKILL"), withinMs);
  await ended;
  clearTimeout(late);
}

export type Conformance = { passed: string[]; failed: string[] };

/** `conformance authorization`. It needs no download: the package is the project's. */
export async function runConformance(hub: HubProcess, browser: Browser): Promise<Conformance> {
  const port = await freePort();
  const clientId = await register(hub.url, [`http://127.0.0.1:${port}/callback`]);
  const out = mkdtempSync(join(tmpdir(), "plugboard-conformance-"));
  const entry = join("node_modules", "@modelcontextprotocol", "conformance", "dist", "index.js");
  const target = ["--url", hub.url, "--client-id", clientId, "--resource", `${hub.url}/mcp`];
  const running = run(process.execPath, [
    entry,
    "authorization",
    ...target,
    "-p",
    `${port}`,
    "-o",
    out,
  ]);
  try {
    await answerInBrowser(browser, running);
    await endOf(running, 60_000);
    return readScore(running.output());
  } finally {
    running.child.kill("SIGKILL");
    rmSync(out, { recursive: true, force: true });
  }
}

function readScore(output: string): Conformance {
  const [, summary = ""] = output.split("=== SUMMARY ===");
  const named = (mark: string) =>
    [...summary.matchAll(new RegExp(`^ *${mark} ([a-z0-9-]+)`, "gm"))].map(
      ([, name]) => name ?? "",
    );
  const score = { passed: named("✓"), failed: named("✗") };
  if (score.passed.length + score.failed.length === 0)
    throw new Error(`The conformance suite gave no score:\n${output.slice(-3000)}`);
  return score;
}

/** A home of their own and no real browser. */
function inOwnHome<Result>(
  work: (env: Record<string, string>) => Promise<Result>,
): Promise<Result> {
  const home = mkdtempSync(join(tmpdir(), "plugboard-clients-"));
  symlinkSync("/bin/true", join(home, "xdg-open"));
  const env = {
    HOME: home,
    PATH: `${home}:${process.env["PATH"] ?? ""}`,
    BROWSER: "/bin/true",
    MCP_INSPECTOR_SECRET_STORE: "memory",
  };
  return work(env).finally(() => rmSync(home, { recursive: true, force: true }));
}

/** The Inspector's command line signs in, and calls the tool. Throws with its words where it does not. */
export async function runInspector(hub: HubProcess, browser: Browser, tool: string): Promise<void> {
  install();
  await inOwnHome(async (env) => {
    const command = `${bin("mcp-inspector")} --cli ${hub.url}/mcp --transport http --protocol-era auto --method tools/call --tool-name ${tool} --tool-arg message=hello --format json`;
    // It signs in only where it has a terminal.
    const running = run("script", ["-qec", command, "/dev/null"], env);
    try {
      await answerInBrowser(browser, running);
      await endOf(running, 30_000);
      if (!/Echo: hello/.test(running.output()))
        throw new Error(`The Inspector called no tool:\n${running.output().slice(-2000)}`);
    } finally {
      running.child.kill("SIGTERM");
    }
  });
}

/** mcp-remote signs in, and a stdio client calls the tool through it. */
export async function runMcpRemote(hub: HubProcess, browser: Browser, tool: string): Promise<void> {
  install();
  await inOwnHome(async (env) => {
    const running = run(bin("mcp-remote"), [`${hub.url}/mcp`], env);
    const say = (message: object) =>
      running.child.stdin?.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);
    const clientInfo = { name: "suite", version: "1" };
    const opening = { protocolVersion: "2025-11-25", capabilities: {}, clientInfo };
    try {
      say({ id: 1, method: "initialize", params: opening });
      await answerInBrowser(browser, running);
      await waitUntil(() => /"id":1\b/.test(running.output()), 30_000);
      say({ method: "notifications/initialized" });
      say({ id: 2, method: "tools/call", params: { name: tool, arguments: { message: "hello" } } });
      if (!(await waitUntil(() => /Echo: hello/.test(running.output()), 15_000)))
        throw new Error(`mcp-remote called no tool:\n${running.output().slice(-2000)}`);
    } finally {
      running.child.kill("SIGTERM");
      await endOf(running, 5000);
    }
  });
}
