// How long a client waits for the list of its tools.
import { ask } from "../suites/hub-process.ts";
import { connectServer, processesOf, startHub, type Upstreams } from "./gateways.ts";
import { measureQuietly } from "./load.ts";
import type { Options } from "./options.ts";
import { tell } from "./print.ts";
import { listTools } from "./requests.ts";

export type ListRow = {
  path: "/mcp" | "/mcp/c/";
  tools: number;
  kilobytes: number;
  /** The first list after a change: read from the registry. */
  firstMs: number;
  p50: number;
  p95: number;
  cpuPerCall: number | null;
  errors: number;
};

const counts = [10, 100, 1000, 2000];

export async function timeLists(upstreams: Upstreams, options: Options): Promise<ListRow[]> {
  const hub = await startHub();
  const connections: { id: string; count: number }[] = [];
  for (const count of counts) {
    const url = `${upstreams.legacy.url}/tools/${count}`;
    connections.push({
      id: await connectServer(hub, `T${count}`, { url, tools: count }),
      count,
    });
  }
  const pids = processesOf(hub);
  const rows: ListRow[] = [];
  for (const { id, count } of connections) {
    for (const other of connections) await setDisabled(other.id, other.id !== id);
    for (const path of ["/mcp", "/mcp/c/"] as const) {
      const face = listTools({
        port: hub.port,
        path: path === "/mcp" ? path : `${path}${id}`,
        apiKey: hub.apiKey,
        count,
      });
      let bytes = 0;
      const target = {
        name: `tools/list ${count}`,
        port: hub.port,
        pids,
        request: face.request,
        fault: (answer: { status: number; head: string; body: Buffer }, k: number) => {
          bytes = answer.body.length;
          return face.fault(answer, k);
        },
      };
      const first = await measureFirst(target);
      const slice = await measureQuietly(target, { concurrency: 1, seconds: options.seconds });
      const { p50, p95, cpuPerCall, errors, firstError } = slice;
      rows.push({
        path,
        tools: count,
        kilobytes: bytes / 1024,
        firstMs: first,
        p50,
        p95,
        cpuPerCall,
        errors,
      });
      tell(`tools/list ${path} ${count}: p50 ${p50.toFixed(2)} ms ${firstError ?? ""}`);
    }
  }
  await hub.stop();
  return rows;

  async function setDisabled(id: string, disabled: boolean): Promise<void> {
    const { status, body } = await ask(hub, `/api/v1/connections/${id}`, {
      method: "PATCH",
      body: { disabled },
    });
    if (status >= 300) throw new Error(`Changing ${id} answered ${JSON.stringify(body)}`);
  }
}

async function measureFirst(target: Parameters<typeof measureQuietly>[0]): Promise<number> {
  const { Wire } = await import("./wire.ts");
  const wire = new Wire(target.port);
  await wire.open();
  const began = performance.now();
  const answer = await wire.exchange(target.request(0));
  const took = performance.now() - began;
  wire.close();
  const fault = target.fault(answer, 0);
  if (fault !== undefined) throw new Error(fault);
  return took;
}
