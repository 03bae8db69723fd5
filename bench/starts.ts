// How long the hub takes to be there, and the first call after.
import { connectServer, startHub, toolOf, type Upstreams } from "./gateways.ts";
import { atEnd } from "./ending.ts";
import { median } from "./load.ts";
import type { Options } from "./options.ts";
import { residentMb, treeOf } from "./processes.ts";
import { tell } from "./print.ts";
import { echo, restCall } from "./requests.ts";
import { Wire } from "./wire.ts";

export type Starts = {
  /** From an empty data folder; the Worker is built already. */
  firstMs: number;
  /** On a data folder that is set up. */
  againMs: number;
  firstCallMs: number;
  secondCallMs: number;
  residentMb: number;
};

export async function timeStarts(upstreams: Upstreams, options: Options): Promise<Starts> {
  const began = performance.now();
  let hub = await startHub();
  const firstMs = performance.now() - began;
  const url = `${upstreams.legacy.url}/mcp`;
  const connection = await connectServer(hub, "Legacy", { url, tools: 2 });
  const tool = await toolOf(hub, connection, "echo");
  const face = restCall({ port: hub.port, apiKey: hub.apiKey, toolId: tool.id, ...echo });
  const found: {
    againMs: number;
    firstCallMs: number;
    secondCallMs: number;
    residentMb: number;
  }[] = [];
  for (let start = 0; start < options.rounds; start++) {
    await hub.stop();
    const restarted = performance.now();
    const again = await hub.restart();
    const againMs = performance.now() - restarted;
    hub = again;
    atEnd(() => again.stop());
    const wire = new Wire(hub.port);
    await wire.open();
    const call = async (k: number) => {
      const sent = performance.now();
      const answer = await wire.exchange(face.request(k));
      const took = performance.now() - sent;
      const fault = face.fault(answer, k);
      if (fault !== undefined) throw new Error(fault);
      return took;
    };
    const firstCallMs = await call(1);
    const secondCallMs = await call(2);
    wire.close();
    const memory = residentMb(treeOf(hub.child.pid ?? 0));
    found.push({ againMs, firstCallMs, secondCallMs, residentMb: memory });
    tell(`start ${againMs.toFixed(0)} ms, first call ${firstCallMs.toFixed(1)} ms`);
  }
  await hub.stop();
  return {
    firstMs,
    againMs: median(found.map((start) => start.againMs)),
    firstCallMs: median(found.map((start) => start.firstCallMs)),
    secondCallMs: median(found.map((start) => start.secondCallMs)),
    residentMb: median(found.map((start) => start.residentMb)),
  };
}
