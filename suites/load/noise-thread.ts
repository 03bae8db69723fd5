import { parentPort, workerData } from "node:worker_threads";
import { callTool, type Tool } from "../hub-process.ts";
import type { Noise } from "./noise.ts";
import { openLoop } from "./open-loop.ts";
import type { TeamAccess } from "./teams.ts";

const { access, tool } = workerData as { access: TeamAccess; tool: Tool };

parentPort?.on("message", async (noise: Noise) => {
  const sent = await openLoop({
    ...noise,
    send: (n) => callTool(access, "rest", { tool, args: { n } }),
  });
  parentPort?.postMessage(sent);
});
