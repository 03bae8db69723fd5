// How long a result of 1 MB takes.
import {
  connectServer,
  processesOf,
  startForwarder,
  startHub,
  toolOf,
  type Upstreams,
} from "./gateways.ts";
import { measureQuietly, median, type Slice, type Target } from "./load.ts";
import type { Options } from "./options.ts";
import { tell } from "./print.ts";
import { bigResult, legacyCall, modernCall, restCall } from "./requests.ts";

export type LargeRow = {
  target: string;
  p50: number;
  p95: number;
  cpuPerCall: number | null;
  residentMb: number | null;
  errors: number;
};

const kilobytes = 1024;

export async function timeLargeResults(
  upstreams: Upstreams,
  options: Options,
): Promise<LargeRow[]> {
  const hub = await startHub();
  const forwarder = await startForwarder(upstreams.legacy, "net");
  const { legacy, modern } = upstreams;
  const [legacyId, modernId] = [
    await connectServer(hub, "Legacy", { url: `${legacy.url}/mcp`, tools: 2, era: "legacy" }),
    await connectServer(hub, "Modern", { url: `${modern.url}/mcp`, tools: 2, era: "modern" }),
  ];
  const tool = await toolOf(hub, legacyId, "big_result");
  const modernTool = await toolOf(hub, modernId, "big_result");
  const pids = processesOf(hub);
  const big = bigResult(kilobytes);
  const viaHub = { port: hub.port, path: "/mcp", apiKey: hub.apiKey, ...big };
  const plain = { path: "/mcp", tool: "big_result", ...big };
  const targets: Target[] = [
    { name: "direct", port: legacy.port, pids: [], ...legacyCall({ ...plain, port: legacy.port }) },
    { name: "forwarder", ...forwarder, ...legacyCall({ ...plain, port: forwarder.port }) },
    {
      name: "hub /mcp 2025",
      port: hub.port,
      pids,
      ...legacyCall({ ...viaHub, tool: tool.exposedName }),
    },
    {
      name: "hub /mcp 2026",
      port: hub.port,
      pids,
      ...modernCall({ ...viaHub, tool: modernTool.exposedName }),
    },
    { name: "hub REST", port: hub.port, pids, ...restCall({ ...viaHub, toolId: tool.id }) },
  ];
  const slices = new Map<Target, Slice[]>(targets.map((target) => [target, []]));
  for (let round = 0; round < options.rounds; round++) {
    for (const [target, known] of slices) {
      const slice = await measureQuietly(target, {
        concurrency: 1,
        seconds: options.seconds,
        ours: [legacy.pid, modern.pid],
      });
      known.push(slice);
      tell(`1 MB ${target.name}: p50 ${slice.p50.toFixed(2)} ms ${slice.firstError ?? ""}`);
    }
  }
  await hub.stop();
  return [...slices].map(([{ name, pids: gateway }, own]) => ({
    target: name,
    p50: median(own.map(({ p50 }) => p50)),
    p95: median(own.map(({ p95 }) => p95)),
    cpuPerCall: gateway.length === 0 ? null : median(own.map((slice) => slice.cpuPerCall ?? NaN)),
    residentMb:
      gateway.length === 0 ? null : Math.max(...own.map((slice) => slice.residentMb ?? 0)),
    errors: own.reduce((sum, { errors }) => sum + errors, 0),
  }));
}
