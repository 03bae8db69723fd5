// What is compared, started as processes of their own and ended with the benchmark.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  ask,
  connect,
  freePort,
  startHubProcess,
  startProcess,
  waitUntil,
  type HubProcess,
} from "../suites/hub-process.ts";
import { atEnd } from "./ending.ts";
import type { Target } from "./load.ts";
import { treeOf } from "./processes.ts";
import { echo, legacyCall, modernCall, restCall } from "./requests.ts";

export type Upstream = { url: string; port: number; pid: number };
export type Upstreams = { legacy: Upstream; modern: Upstream };

/** Calls a minute: high enough never to refuse, so that every call is counted in every window. */
const limit = "100000000";

async function startUpstream(era: "legacy" | "modern"): Promise<Upstream> {
  const { child, line, stop } = await startProcess(
    "bench/upstream.ts",
    ["--era", era],
    /Upstream ready: \S+/,
  );
  atEnd(stop);
  const url = line.replace("Upstream ready: ", "");
  return { url, port: Number(new URL(url).port), pid: child.pid ?? 0 };
}

export async function startUpstreams(): Promise<Upstreams> {
  const [legacy, modern] = await Promise.all([startUpstream("legacy"), startUpstream("modern")]);
  return { legacy, modern };
}

export type Gateway = { port: number; pids: number[] };

export async function startForwarder(upstream: Upstream, fetch: "net" | "plain"): Promise<Gateway> {
  const port = await freePort();
  const data = mkdtempSync(join(tmpdir(), "plugboard-bench-"));
  atEnd(() => rmSync(data, { recursive: true, force: true }));
  const { child, stop } = await startProcess(
    "bench/forwarder.ts",
    ["--port", String(port), "--upstream", upstream.url, "--data", data, "--fetch", fetch],
    /Forwarder ready/,
  );
  atEnd(stop);
  return { port, pids: treeOf(child.pid ?? 0) };
}

/** `folder`: another tree of the project, if not this one. */
export async function startHub(folder?: string): Promise<HubProcess> {
  // Known before the hub is there, so that an interrupted start leaves nothing behind.
  const data = mkdtempSync(join(tmpdir(), "plugboard-bench-"));
  atEnd(() => rmSync(data, { recursive: true, force: true }));
  const hub = await startHubProcess({
    data,
    ...(folder === undefined ? {} : { folder }),
    env: { PLUGBOARD_USER_PER_MINUTE: limit, PLUGBOARD_CONNECTION_PER_MINUTE: limit },
  });
  atEnd(() => hub.stop());
  return hub;
}

export const processesOf = (hub: HubProcess): number[] => treeOf(hub.child.pid ?? 0);

type HubAddress = Pick<HubProcess, "url" | "apiKey" | "port">;

/** Connects a server and returns the connection's id. Throws when the hub did not find what it should. */
export async function connectServer(
  hub: HubAddress,
  name: string,
  server: { url: string; tools: number; era?: "legacy" | "modern" },
): Promise<string> {
  const { status, body } = await connect(hub as HubProcess, name, server.url);
  if (status >= 300 || body.counts?.tools !== server.tools)
    throw new Error(`Connecting ${server.url} answered ${status}: ${JSON.stringify(body)}`);
  if (server.era !== undefined && body.server.era !== server.era)
    throw new Error(`The hub took ${server.url} for a ${body.server.era} server.`);
  return body.id;
}

export type Tool = { id: string; name: string; exposedName: string };

export async function toolOf(hub: HubAddress, connectionId: string, name: string): Promise<Tool> {
  const { body } = await ask(hub, `/api/v1/tools?connection=${connectionId}`);
  const found = (body.items as Tool[] | undefined)?.find((tool) => tool.name === name);
  if (!found) throw new Error(`The hub lists no tool ${name}: ${JSON.stringify(body)}`);
  return found;
}

/** The three ways to run a tool through a hub. */
export async function hubTargets(
  hub: HubAddress,
  upstreams: Upstreams,
  pids: number[],
): Promise<Target[]> {
  const legacy = await connectServer(hub, "Legacy", {
    url: `${upstreams.legacy.url}/mcp`,
    tools: 2,
    era: "legacy",
  });
  const modern = await connectServer(hub, "Modern", {
    url: `${upstreams.modern.url}/mcp`,
    tools: 2,
    era: "modern",
  });
  const { exposedName, id } = await toolOf(hub, legacy, "echo");
  const modernTool = await toolOf(hub, modern, "echo");
  await requireRecorded(hub, id);
  const face = { port: hub.port, path: "/mcp", apiKey: hub.apiKey, ...echo };
  return [
    { name: "hub /mcp 2025", port: hub.port, pids, ...legacyCall({ ...face, tool: exposedName }) },
    {
      name: "hub /mcp 2026",
      port: hub.port,
      pids,
      ...modernCall({ ...face, tool: modernTool.exposedName }),
    },
    { name: "hub REST", port: hub.port, pids, ...restCall({ ...face, toolId: id }) },
  ];
}

/** What is measured is a call that is limited and recorded; else it measures nothing. */
async function requireRecorded(hub: HubAddress, toolId: string): Promise<void> {
  const called = await ask(hub, `/api/v1/tools/${toolId}/call`, {
    body: { arguments: { text: "once" } },
  });
  const left = called.headers.get("ratelimit") ?? "";
  if (!/"person";r=\d+.*"connection";r=\d+/.test(left))
    throw new Error(`The call was not limited: ${JSON.stringify(called.body)} ${left}`);
  const recorded = await waitUntil(async () => {
    const { body } = await ask(hub, `/api/v1/executions/${called.body.execution.id}`);
    return body.status === "succeeded";
  }, 5000);
  if (!recorded) throw new Error("The call was not recorded.");
}

export function directTarget({ legacy }: Upstreams): Target {
  const face = { port: legacy.port, path: "/mcp", tool: "echo", ...echo };
  return { name: "direct", port: legacy.port, pids: [], ...legacyCall(face) };
}

export async function forwarderTarget(
  { legacy }: Upstreams,
  fetch: "net" | "plain",
): Promise<Target> {
  const { port, pids } = await startForwarder(legacy, fetch);
  const face = { port, path: "/mcp", tool: "echo", ...echo };
  const name = fetch === "net" ? "forwarder" : "forwarder, no NET";
  return { name, port, pids, ...legacyCall(face) };
}
