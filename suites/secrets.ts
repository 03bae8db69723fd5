// Secrets planted in every form and of every kind, then looked for everywhere the hub speaks or writes.
import { randomBytes } from "node:crypto";
import { startCollector } from "../workers/testing/collector.ts";
import { faults, isFaultName, type FaultName } from "../workers/testing/faults/faults.ts";
import { startGossip } from "./gossip.ts";
import {
  freePort,
  processes,
  startHubProcess,
  startProcess,
  type Figure,
  type HubProcess,
} from "./hub-process.ts";
import { Asker } from "./secrets/asker.ts";
import { searchFolder, watch } from "./secrets/places.ts";
import { runKinds } from "./secrets/run-kinds.ts";
import { manners, type Manner } from "./secrets/repeat.ts";
import { Search } from "./secrets/search.ts";
import { askAtLarge, useConnection } from "./secrets/use-headers.ts";
import { changeOf, wardrobe } from "./secrets/wardrobe.ts";

export type SecretsSize = {
  echoes: readonly FaultName[];
  sets: number;
  pages: readonly string[];
  manners: readonly Manner[];
};

const echoes = Object.keys(faults)
  .filter(isFaultName)
  .filter((name) => name.includes("echo_"));

export const secretsSize = {
  full: {
    echoes,
    sets: 5,
    manners,
    pages: [
      "/",
      "/connections",
      "/connections/ID",
      "/connections/new?connector=any-api",
      "/connections/new?connector=gitlab",
      "/connections/apps",
      "/secrets",
      "/inbox",
      "/activity",
      "/audit",
      "/clients",
      "/keys",
      "/team",
      "/team/settings",
      "/account",
      "/outbox",
    ],
  },
  tenth: {
    echoes: ["error_echo_base64"],
    sets: 1,
    manners: ["account", "refused", "code"],
    pages: ["/connections", "/secrets", "/inbox", "/audit"],
  },
} satisfies Record<string, SecretsSize>;

export async function runSecrets({ echoes, sets, pages, manners }: SecretsSize): Promise<Figure> {
  const search = new Search();
  const [ofHeaders, ofKinds] = await Promise.all([
    runHeaders(search, { echoes, sets }),
    runKinds(search, { pages, manners }),
  ]);
  const broken = [...search.sentences(), ...search.overlooked()];
  const sum = (name: keyof typeof ofHeaders) => ofHeaders[name] + ofKinds[name];
  const line = `secrets: ${search.planted} secrets of ${search.kinds.length} kinds in ${sum("connections")} connections, ${search.forms} forms looked for in ${search.answers} answers, ${sum("messages")} live messages, ${sum("files")} files, ${ofKinds.pages} pages and the output (${Math.round(search.bytes / 1e6)} MB): ${broken.length} found`;
  return { line, broken };
}

const collectorKey = randomBytes(24).toString("base64url");

/** Servers whose headers are secrets, in forms of every sort. */
async function runHeaders(
  search: Search,
  { echoes, sets }: Pick<SecretsSize, "echoes" | "sets">,
): Promise<{ connections: number; messages: number; files: number }> {
  const fixture = await startProcess(
    "workers/testing/fixture/process.ts",
    ["--port", "0"],
    /http:\S+\/mcp/,
  );
  const failing = await startProcess(
    "workers/testing/faults/process.ts",
    ["--port", "0"],
    /http:\S+/,
  );
  const gossip = await startGossip();
  const collector = await startCollector();
  const hub = await startHubProcess({
    env: {
      PLUGBOARD_USER_PER_MINUTE: "0",
      PLUGBOARD_CONNECTION_PER_MINUTE: "0",
      PLUGBOARD_LOG_EXECUTIONS: "true",
      PLUGBOARD_OTLP_URL: `${collector.url}/secrets/v1/traces`,
      PLUGBOARD_OTLP_HEADERS: `x-team=${collectorKey}`,
    },
  });
  search.plant("the key for the collector", collectorKey);
  try {
    search.plant("the API key", hub.apiKey);
    const signInToken = /sign-in\?token=(\S+)/.exec(hub.output())?.[1] ?? "";
    search.plant("the sign-in token", signInToken);
    search.plant("the session's secret", await signIn(hub, signInToken));
    const servers: [string, string][] = [
      ["whoami", fixture.line],
      ["gossip", gossip.url],
      ["unreachable", `http://127.0.0.1:${await freePort()}/mcp`],
      ...echoes.flatMap((name): [string, string][] => {
        const url = `${failing.line}/f/${name}/mcp`;
        // In another phase the echo meets other code: the probe of a new connection, and its listing.
        return [
          [name, url],
          [`${name} on connect`, `${url}?side=connect`],
          [`${name} on list`, `${url}?side=list`],
        ];
      }),
    ];
    const live = await watch(hub, search);
    const stored = [];
    for (const [set, headers] of wardrobe(search).slice(0, sets).entries()) {
      const changed = changeOf(headers, search);
      for (const [server, url] of servers) {
        const name = `${server} ${set}`;
        stored.push(
          await useConnection(new Asker(hub, search, name), { name, url, headers, changed }),
        );
      }
      await askAtLarge(new Asker(hub, search, "at large"), headers, fixture.line);
    }
    const filesBefore = searchFolder(search, hub.data, "with its connections");
    for (const id of stored)
      await new Asker(hub, search, "delete").ask(`/api/v1/connections/${id}`, { method: "DELETE" });
    for (const { command } of processes()) search.in("a command line", command);
    live.close();
    await hub.stop();
    const filesAfter = searchFolder(search, hub.data, "once stopped");
    // The key and the sign-in link are printed, once, for the owner.
    const printed = hub
      .output()
      .replaceAll(hub.apiKey, "")
      .replaceAll(/sign-in\?token=\S+/g, "");
    search.in("the hub's output", printed);
    const traces = collector.sent("secrets");
    for (const { body } of traces) search.in("a trace", body);
    if (traces.length === 0) throw new Error("The collector was sent no trace.");
    if (live.messages() === 0) throw new Error("The live stream said nothing.");
    return {
      connections: stored.length,
      messages: live.messages(),
      files: filesBefore + filesAfter,
    };
  } finally {
    await hub.stop();
    await fixture.stop();
    await failing.stop();
    gossip.close();
    await collector.close();
    hub.clear();
  }
}

/** The secret in the cookie, the one place it is told. It has been used once. */
async function signIn(hub: HubProcess, token: string): Promise<string> {
  const { headers } = await fetch(`${hub.url}/api/auth/sign-in`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ token }),
  });
  const cookie = headers.get("set-cookie")?.split(";")[0] ?? "";
  const { status } = await fetch(`${hub.url}/api/v1/me`, { headers: { cookie } });
  if (status !== 200) throw new Error(`Who signed in is answered ${status} at /api/v1/me.`);
  return cookie.split("=")[1] ?? "";
}
