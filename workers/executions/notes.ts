import type { RpcNotification } from "../connectors";
import type { ExecutionNote } from "../limits";
import type { Context } from "../platform/context";
import { settle } from "./settle";

const maxNotes = 200;
const noteEveryMs = 250;

/** Progress and log messages of the server, thinned out for the record. */
export function collectNotes(ctx: Context, executionId: string) {
  let notes: ExecutionNote[] = [];
  let total = 0;
  let lastSent = ctx.now;
  return {
    hear({ method, params }: RpcNotification): void {
      const type =
        method === "notifications/progress"
          ? "progress"
          : method === "notifications/message"
            ? "log"
            : undefined;
      if (type === undefined || total >= maxNotes) return;
      total += 1;
      const { progressToken: _token, _meta, ...said } = params;
      const data = JSON.stringify(said);
      notes.push({
        at: Date.now(),
        type,
        data:
          data.length <= 2000
            ? data
            : JSON.stringify({ truncated: true, preview: data.slice(0, 1000) }),
      });
      if (Date.now() - lastSent < noteEveryMs) return;
      lastSent = Date.now();
      settle(ctx, { executionId, notes: this.take(), outcome: null, result: null });
    },
    /** Which secret went out with the call. It travels with the call's outcome and costs nothing by itself. */
    opened({ id, version }: { id: string; version: number }): void {
      const data = JSON.stringify({ credentialId: id, version });
      notes.push({ at: Date.now(), type: "credential_opened", data });
    },
    take(): ExecutionNote[] {
      const taken = notes;
      notes = [];
      return taken;
    },
  };
}
