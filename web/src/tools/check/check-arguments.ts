import { trustedScript } from "../../trusted-script";
import type { CheckRequest } from "./check.worker";
import type { Unit } from "./check";
// oxlint-disable-next-line import/default -- the bundler makes it
import workerUrl from "./check.worker?worker&url";

const longestMs = 1500;

/**
 * Checks the arguments in a worker of its own, which is ended when it takes too long: schemas and the patterns in them
 * come from servers nobody vouches for. What was not checked in time is left to the hub.
 */
export function checkArguments(request: CheckRequest): Promise<Unit[]> {
  return new Promise((resolve) => {
    const worker = new Worker(trustedScript(workerUrl), { type: "module" });
    const end = (units: Unit[]) => {
      clearTimeout(timer);
      worker.terminate();
      resolve(units);
    };
    const timer = setTimeout(() => end([]), longestMs);
    worker.addEventListener("message", ({ data }: MessageEvent<Unit[]>) => end(data));
    worker.addEventListener("error", () => end([]));
    worker.postMessage(request, []);
  });
}
