import type { RecordBodies } from "../../shared/contracts/members";
import type { JsonObject, RpcNotification } from "../connectors";
import type { ExecutionNote } from "../limits";
import type { Context } from "../platform/context";
import { maskedPreview, maskValue } from "../platform/mask";
import { maskingFor } from "./recorded-body";
import { settle } from "./settle";

const maxNotes = 200;
const noteEveryMs = 250;

const keptCharacters = 2000;
const previewCharacters = 1000;

/** Progress and log messages of the server, thinned out for the record. */
export function collectNotes(ctx: Context, executionId: string, keep: RecordBodies) {
  let notes: ExecutionNote[] = [];
  let total = 0;
  let lastSent = ctx.now;
  let lastProgress = ctx.now;
  let later: ReturnType<typeof setTimeout> | undefined;
  const send = () => {
    lastSent = Date.now();
    const kept = take();
    if (kept.length > 0) settle(ctx, { executionId, notes: kept, outcome: null, result: null });
  };
  const take = (): ExecutionNote[] => {
    clearTimeout(later);
    later = undefined;
    const taken = notes;
    notes = [];
    return taken;
  };
  return {
    hear({ method, params }: RpcNotification): void {
      const type =
        method === "notifications/progress"
          ? "progress"
          : method === "notifications/message"
            ? "log"
            : undefined;
      if (type === undefined || total >= maxNotes) return;
      if (type === "progress") {
        const now = Date.now();
        // Whoever goes on for long tells less and less often, so that it can tell to its end.
        const spacing = total < maxNotes / 2 ? 0 : (now - ctx.now) / 20;
        if (now - lastProgress < spacing) return;
        lastProgress = now;
      }
      total += 1;
      notes.push({ at: Date.now(), type, data: recordedNote(params, keep) });
      const waitMs = lastSent + noteEveryMs - Date.now();
      // What is followed by silence is told all the same.
      if (waitMs > 0) later ??= setTimeout(send, waitMs);
      else send();
    },
    /** Which secret went out with the call. It travels with the call's outcome and costs nothing by itself. */
    opened({ id, version }: { id: string; version: number }): void {
      const data = JSON.stringify({ credentialId: id, version });
      notes.push({ at: Date.now(), type: "credential_opened", data });
    },
    /** An attempt failed, and the call is sent again. Told at once where that takes a while. */
    retried(failed: { attempt: number; code: string; delayMs: number }): void {
      notes.push({ at: Date.now(), type: "retried", data: JSON.stringify(failed) });
      if (failed.delayMs >= noteEveryMs) send();
    },
    take,
  };
}

/** What a server said on the way, as the record of the call keeps it. */
function recordedNote(params: JsonObject, keep: RecordBodies): string {
  const { progressToken: _token, _meta, ...said } = params;
  if (keep === "none") return withoutWords(said);
  const masking = maskingFor(keep);
  const json = JSON.stringify(said);
  if (json.length <= keptCharacters) {
    const shown = maskValue(said, masking);
    return shown === said ? json : JSON.stringify(shown);
  }
  const { text } = maskedPreview(said, { masking, characters: previewCharacters });
  return JSON.stringify({ truncated: true, preview: text });
}

/** How far it is and how grave, and none of its words. */
function withoutWords({ progress, total, level }: JsonObject): string {
  const isNumber = (value: unknown) => typeof value === "number";
  return JSON.stringify({
    ...(isNumber(progress) ? { progress } : {}),
    ...(isNumber(total) ? { total } : {}),
    ...(typeof level === "string" ? { level: level.slice(0, 20) } : {}),
  });
}
