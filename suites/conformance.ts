// The official conformance suite through `/mcp/c/<fixture>` of a running hub, both revisions, with a token that a person
// gave an AI client.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, request, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { allow, authorizationUrl, redeem, register, signIn } from "./authorization/browser.ts";
import { connect, startHubProcess, startProcess, type HubProcess } from "./hub-process.ts";

export type Score = { revision: string; passed: string[]; failed: string[] };

/** Runs the required scenarios of each revision. Takes about half a minute each. */
export async function runConformance(revisions: readonly string[]): Promise<Score[]> {
  const fixture = await startProcess(
    "workers/testing/fixture/process.ts",
    ["--port", "0"],
    /http:\S+\/mcp/,
  );
  const hub = await startHubProcess({
    env: { PLUGBOARD_USER_PER_MINUTE: "0", PLUGBOARD_CONNECTION_PER_MINUTE: "0" },
  });
  let proxy: Server | undefined;
  try {
    const connection = await connect(hub, "Fixture", fixture.line);
    if (connection.status !== 201) throw new Error(JSON.stringify(connection.body));
    const resource = `http://localhost:${hub.port}/mcp/c/${connection.body.slug}`;
    proxy = await startTokenProxy(hub.port, await tokenFor(hub, resource));
    const address = proxy.address();
    const port = typeof address === "object" && address ? address.port : 0;
    const scores: Score[] = [];
    for (const revision of revisions)
      scores.push(await score(`http://localhost:${port}/mcp/c/${connection.body.slug}`, revision));
    return scores;
  } finally {
    proxy?.closeAllConnections();
    proxy?.close();
    await hub.stop();
    await fixture.stop();
    hub.clear();
  }
}

/** What an AI client gets once the hub's owner has let it in. */
async function tokenFor(hub: HubProcess, resource: string): Promise<string> {
  const { origin } = new URL(resource);
  const browser = { ...(await signIn(hub)), origin };
  const clientId = await register(origin);
  const back = await allow(browser, authorizationUrl(origin, clientId, { resource }));
  const code = new URL(back).searchParams.get("code") ?? "";
  const { body } = await redeem(origin, { client_id: clientId, code, resource });
  if (typeof body.access_token !== "string") throw new Error(JSON.stringify(body));
  return body.access_token;
}

/** The suite knows no tokens: this adds ours to every request and changes nothing else but the port in Host. */
async function startTokenProxy(hubPort: number, token: string): Promise<Server> {
  const server = createServer((incoming, answer) => {
    const host = (incoming.headers.host ?? "").replace(/:\d+$/, `:${hubPort}`);
    const origin = incoming.headers.origin?.replace(/localhost:\d+$/, `localhost:${hubPort}`);
    const forwarded = request(
      {
        host: "127.0.0.1",
        port: hubPort,
        path: incoming.url,
        method: incoming.method,
        headers: {
          ...incoming.headers,
          host,
          ...(origin === undefined ? {} : { origin }),
          authorization: `Bearer ${token}`,
        },
      },
      (reply) => {
        answer.writeHead(reply.statusCode ?? 502, reply.headers);
        answer.flushHeaders();
        reply.pipe(answer);
      },
    );
    forwarded.on("error", () => answer.destroy());
    answer.on("close", () => forwarded.destroy());
    incoming.pipe(forwarded);
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  return server;
}

async function score(url: string, revision: string): Promise<Score> {
  const out = mkdtempSync(join(tmpdir(), "plugboard-conformance-"));
  const entry = join("node_modules", "@modelcontextprotocol", "conformance", "dist", "index.js");
  const child = spawn(process.execPath, [
    entry,
    "server",
    "--url",
    url,
    "--requirements",
    revision,
    "-o",
    out,
  ]);
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
  await new Promise((done) => child.once("exit", done));
  rmSync(out, { recursive: true, force: true });
  return { revision, ...readScore(output) };
}

/** The summary's marks, less the scenarios the revision does not count. */
function readScore(output: string): Pick<Score, "passed" | "failed"> {
  const [, summary = ""] = output.split("=== SUMMARY ===");
  const [counted = "", uncounted = ""] = summary.split(/^Not scored for /m);
  const named = (text: string, mark: string) =>
    [...text.matchAll(new RegExp(`^ *${mark} ([a-z0-9-]+)`, "gm"))].map((match) => match[1] ?? "");
  const left = new Set([...named(uncounted, "✓"), ...named(uncounted, "✗")]);
  const scored = (mark: string) => named(counted, mark).filter((name) => !left.has(name));
  const score = { passed: scored("✓"), failed: scored("✗") };
  if (score.passed.length === 0)
    throw new Error(`The conformance suite gave no score:\n${output.slice(-3000)}`);
  return score;
}

/** What a 2025-11-25 client can only have with a session of its own. */
export const needsSession = [
  "tools-call-sampling",
  "tools-call-elicitation",
  "elicitation-sep1034-defaults",
  "elicitation-sep1330-enums",
];

if (import.meta.main) {
  for (const { revision, passed, failed } of await runConformance(["2026-07-28", "2025-11-25"]))
    console.log(
      `${revision}: ${passed.length} of ${passed.length + failed.length}${failed.length === 0 ? "" : `; failed: ${failed.join(", ")}`}`,
    );
}
