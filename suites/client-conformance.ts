// The official conformance suite with the hub as the client under test: each scenario is a server that a running hub is
// connected to, signs in at and calls, through `drive-client`.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { startHubProcess, type Figure, type HubProcess } from "./hub-process.ts";

const revisions = ["2026-07-28", "2025-11-25"] as const;
type Revision = (typeof revisions)[number];
type Failed = { name: string; why: string };
type Score = { revision: Revision; passed: string[]; failed: Failed[] };
const atOnce = 4;

/** What the hub can only do for a caller of a 2025 server with a session of its own: pass a question on. */
const needsSession = ["elicitation-sep1034-client-defaults"];

/** Clients that have a document of their own are known by this address in the scenarios. */
const documentUrl = "https://conformance-test.local/client-metadata.json";

async function withHub<Result>(work: (hub: HubProcess) => Promise<Result>): Promise<Result> {
  const hub = await startHubProcess({
    env: {
      PLUGBOARD_USER_PER_MINUTE: "0",
      PLUGBOARD_CONNECTION_PER_MINUTE: "0",
      PLUGBOARD_CLIENT_METADATA_URL: documentUrl,
    },
  });
  try {
    return await work(hub);
  } finally {
    await hub.stop();
    hub.clear();
  }
}

/** All that each revision requires. About a minute each. */
export async function runClientConformance(): Promise<Figure> {
  const scores = await withHub(async (hub) => {
    const each: Score[] = [];
    for (const revision of revisions) each.push(await score(hub, revision));
    return each;
  });
  return {
    line: `client-conformance: ${scores.map(({ revision, passed, failed }) => `${passed.length} of ${passed.length + failed.length} for ${revision}`).join(", ")}`,
    broken: scores.flatMap(({ revision, failed }) =>
      failed
        .filter(({ name }) => !needsSession.includes(name))
        .map(({ name, why }) => `${revision}: ${name} fails. ${why}`),
    ),
  };
}

/** A few, for every day: those that did not pass. */
export const runScenarios = (names: readonly string[], revision: Revision): Promise<Failed[]> =>
  withHub(async (hub) => (await scoreOf(hub, { names, revision })).failed);

async function score(hub: HubProcess, revision: Revision): Promise<Score> {
  return scoreOf(hub, { names: await required(revision), revision });
}

/** What the suite has frozen for a revision, for clients. */
async function required(revision: Revision): Promise<string[]> {
  const listed = await conformance(["list", "--requirements", revision]);
  const [, clients = ""] = listed.split("Client scenarios");
  const [mine = ""] = clients.split(/\n\n/);
  const names = [...mine.matchAll(/^ *- (\S+)/gm)].map((match) => match[1] ?? "");
  if (names.length === 0) throw new Error(`The conformance suite requires nothing:\n${listed}`);
  return names;
}

/** A few at a time: all at once, as the suite would have them, they time each other out on a small machine. */
async function scoreOf(
  { url, apiKey }: HubProcess,
  { names, revision }: { names: readonly string[]; revision: Revision },
): Promise<Score> {
  const left = [...names];
  const passed: string[] = [];
  const failed: Failed[] = [];
  const worker = async () => {
    for (let name = left.shift(); name !== undefined; name = left.shift()) {
      const output = await conformance(
        [
          "client",
          "--command",
          "npm run -s drive-client --",
          "--scenario",
          name,
          "--spec-version",
          revision,
          "--force",
          "--timeout",
          "60000",
        ],
        { HUB_URL: url, HUB_KEY: apiKey },
      );
      if (output.includes("OVERALL: PASSED")) passed.push(name);
      else failed.push({ name, why: output.slice(-1500) });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return { revision, passed, failed };
}

function conformance(args: string[], env: Record<string, string> = {}): Promise<string> {
  const entry = join("node_modules", "@modelcontextprotocol", "conformance", "dist", "index.js");
  const child = spawn(process.execPath, [entry, ...args], { env: { ...process.env, ...env } });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((done) => child.once("exit", () => done(output)));
}
