// The dashboard as Pages serves it, with its Function and the Worker behind it, both by wrangler on this machine.
import { spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build, quietEnvironment } from "../../scripts/build.ts";
import { freePort, waitUntil } from "../hub-process.ts";

const wrangler = join(process.cwd(), "node_modules", "wrangler", "bin", "wrangler.js");

export type PagesProcess = {
  /** What a person has in the address bar. */
  url: string;
  apiKey: string;
  signInLink: string;
  stopHub: () => Promise<void>;
  stop: () => Promise<void>;
};

export async function startPages(): Promise<PagesProcess> {
  await build();
  const folder = mkdtempSync(join(tmpdir(), "plugboard-pages-"));
  const [pagesPort, hubPort] = [await freePort(), await freePort()];
  const setupToken = randomBytes(24).toString("base64url");
  const env = { ...quietEnvironment(), WRANGLER_REGISTRY_PATH: join(folder, "registry") };
  const state = ["--persist-to", join(folder, "state")];
  const migrated = spawnSync(
    process.execPath,
    [wrangler, "d1", "migrations", "apply", "plugboard", "--local", ...state],
    { env, encoding: "utf8" },
  );
  if (migrated.status !== 0) throw new Error(`No tables:\n${migrated.stderr}${migrated.stdout}`);
  const vars = {
    PLUGBOARD_HOSTS: `localhost:${pagesPort}`,
    PLUGBOARD_SETUP_TOKEN: setupToken,
    PLUGBOARD_AUTH_SECRET: randomBytes(32).toString("base64url"),
    PLUGBOARD_MASTER_KEYS: JSON.stringify({ k1: randomBytes(32).toString("base64") }),
    PLUGBOARD_ALLOW_LOOPBACK: "true",
    PLUGBOARD_DOH_URL: "",
  };
  const worker = await startWrangler(
    [
      "dev",
      "--local",
      ...(await portsAt(hubPort)),
      ...state,
      ...Object.entries(vars).flatMap(([name, value]) => ["--var", `${name}:${value}`]),
    ],
    env,
  );
  const running = [worker];
  const stop = async () => {
    await Promise.all(running.map((one) => one.stop()));
    rmSync(folder, { recursive: true, force: true });
  };
  const url = `http://localhost:${pagesPort}`;
  try {
    running.push(
      await startWrangler(["pages", "dev", "--cwd", "web", ...(await portsAt(pagesPort))], env),
    );
    const { apiKey, signInToken } = await setUp(url, setupToken);
    const signInLink = `${url}/sign-in?token=${signInToken}`;
    return { url, apiKey, signInLink, stopHub: worker.stop, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

const portsAt = async (port: number) => [
  "--port",
  String(port),
  "--inspector-port",
  String(await freePort()),
];

/** Through the Function: the two find one another some time after both are there. */
async function setUp(url: string, token: string): Promise<{ apiKey: string; signInToken: string }> {
  let said = "nothing";
  for (let tries = 0; tries < 50; tries++) {
    const response = await fetch(`${url}/api/auth/setup`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify({ team: "My team", owner: "Owner" }),
    });
    if (response.ok) return (await response.json()) as { apiKey: string; signInToken: string };
    said = `${response.status} ${await response.text()}`;
    await new Promise((wake) => setTimeout(wake, 200));
  }
  throw new Error(`Setting up through Pages answered ${said}.`);
}

async function startWrangler(args: string[], env: NodeJS.ProcessEnv) {
  const child = spawn(process.execPath, [wrangler, ...args], {
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  // It has a process and a workerd below it, which it takes along only when it is asked to end.
  const kill = () => child.kill("SIGTERM");
  process.once("exit", kill);
  let output = "";
  const gather = (chunk: Buffer) => (output += chunk.toString());
  child.stdout.on("data", gather);
  child.stderr.on("data", gather);
  const stop = async () => {
    process.off("exit", kill);
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((done) => child.once("exit", done));
    child.kill("SIGTERM");
    await ended;
  };
  const ready = await waitUntil(() => /Ready on/.test(output) || child.exitCode !== null, 60_000);
  if (ready && child.exitCode === null) return { stop };
  await stop();
  throw new Error(`wrangler ${args[0]} did not start:\n${output}`);
}
