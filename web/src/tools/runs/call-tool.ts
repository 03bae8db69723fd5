import type { CallEvent, CallResult } from "../../../../shared/contracts/calls";
import { ApiError, NetworkError, refusal } from "../../client";
import { callEvents } from "./call-events";
import type { RunOf } from "./run-state";

/** How a call ended. `broken`: the line did, and the call itself may go on. */
export type Outcome =
  | { kind: "answered"; call: CallResult }
  | { kind: "refused"; error: ApiError; retryAfterSeconds: number | undefined }
  | { kind: "unreachable"; error: NetworkError }
  | { kind: "cancelled" }
  | { kind: "broken" };

export type ToolCall = RunOf & { signal: AbortSignal };
type Told = Exclude<CallEvent, { event: "result" | "error" }>;

/** Runs a tool and tells what happens on the way. It never throws: every end is an outcome. */
export async function callTool(
  call: ToolCall,
  onEvent: (event: Told) => void,
  send: typeof fetch = fetch,
): Promise<Outcome> {
  let response: Response;
  try {
    response = await send(callRequest(call));
  } catch (error) {
    if (call.signal.aborted) return { kind: "cancelled" };
    return {
      kind: "unreachable",
      error: new NetworkError("The hub could not be reached.", { cause: error }),
    };
  }
  try {
    return await processCallResponse(response, onEvent);
  } catch {
    return { kind: call.signal.aborted ? "cancelled" : "broken" };
  }
}

function callRequest({ toolId, args, replayOf, idempotencyKey, signal }: ToolCall): Request {
  const path =
    replayOf === undefined
      ? `tools/${encodeURIComponent(toolId)}/call`
      : `executions/${encodeURIComponent(replayOf)}/replay`;
  return new Request(new URL(`/api/v1/${path}`, location.origin), {
    method: "POST",
    headers: {
      Accept: "text/event-stream",
      "Content-Type": "application/json",
      "Idempotency-Key": idempotencyKey,
    },
    body: JSON.stringify({ arguments: args }),
    signal,
  });
}

async function processCallResponse(
  response: Response,
  onEvent: (event: Told) => void,
): Promise<Outcome> {
  if (!response.ok) {
    const seconds = Number(response.headers.get("Retry-After") ?? Number.NaN);
    return refused(await refusal(response), Number.isFinite(seconds) ? seconds : undefined);
  }
  const type = response.headers.get("Content-Type") ?? "";
  if (!type.startsWith("text/event-stream") || !response.body)
    return { kind: "answered", call: (await response.json()) as CallResult };
  for await (const event of callEvents(response.body)) {
    if (event.event === "result") return { kind: "answered", call: event.data };
    if (event.event === "error") return refused(new ApiError(200, event.data));
    onEvent(event);
  }
  return { kind: "broken" };
}

function refused(error: ApiError, seconds?: number): Outcome {
  const told = error.details["retryAfterSeconds"];
  return {
    kind: "refused",
    error,
    retryAfterSeconds: typeof told === "number" ? told : seconds,
  };
}
