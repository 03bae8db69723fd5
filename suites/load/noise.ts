// Calls of a tool over REST from a thread of its own: what is measured beside them waits for the hub that answers
// them, not for whoever sends them.
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { Tool } from "../hub-process.ts";
import type { Sent } from "./open-loop.ts";
import type { TeamAccess } from "./teams.ts";

export type Noise = { calls: number; perSecond: number; first: number };

export async function startNoise(caller: { access: TeamAccess; tool: Tool }): Promise<{
  make: (noise: Noise) => Promise<Sent[]>;
  stop: () => Promise<number>;
}> {
  const { url, apiKey } = caller.access;
  const thread = new Worker(new URL("./noise-thread.ts", import.meta.url), {
    workerData: { access: { url, apiKey }, tool: caller.tool },
  });
  await once(thread, "online");
  return {
    make: async (noise) => {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
      thread.postMessage(noise);
      const [sent] = (await once(thread, "message")) as [Sent[]];
      return sent;
    },
    stop: () => thread.terminate(),
  };
}
