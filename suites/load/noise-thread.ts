import { parentPort, workerData } from "node:worker_threads";
import { callTool, type Tool } from "../hub-process.ts";
import type { Noise } from "./noise.ts";
import { openLoop } from "./open-loop.ts";
import type { TeamAccess } from "./teams.ts";

const { access, tool } = workerData as { access: TeamAccess; tool: Tool };

parentPort?.on("message", (noise: Noise) => {
  const send = (n: number) => callTool(access, "rest", { tool, args: { n } });
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  void openLoop({ ...noise, send }).then((sent) => parentPort?.postMessage(sent));
});
