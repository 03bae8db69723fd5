import { noteFault } from "../connections";
import { rpcCode, type JsonObject, type RpcReply } from "../connectors";
import type { Outcome } from "../ledger";
import type { ExecutionNote } from "../limits";
import type { Context } from "../platform/context";
import { HubError } from "../platform/errors";
import { describeError, log } from "../platform/log";
import { requestHash, sealContinuation } from "./continuation";
import type { Admitted, Executed } from "./plan";
import { keptForRepeats, recordedBody } from "./recorded-body";
import { settle } from "./settle";

const maxRounds = 16;

type Timing = Pick<Outcome, "admittedMs" | "upstreamMs">;
type Answered = { reply: RpcReply; timing: Timing; notes: ExecutionNote[] };

/** Judges what the server answered, records it, and makes it the answer. Throws `upstream_invalid`. */
export async function conclude(
  ctx: Context,
  admitted: Admitted,
  answered: Answered,
): Promise<Executed> {
  const { plan, caller, executionId } = admitted;
  const { reply, timing, notes } = answered;
  if (caller.surface === "rest" && asksForInput(reply)) throw needsInput();
  if ("error" in reply) {
    const error = {
      code: "upstream_error",
      message: `The server answered with the JSON-RPC error ${reply.error.code}.`,
    };
    const durationMs = record(ctx, admitted, {
      status: "failed",
      timing,
      error,
      notes,
      result: JSON.stringify(reply.error),
    });
    return {
      execution: { id: executionId, status: "failed", durationMs },
      outcome: { kind: "error", error: reply.error },
      limits: admitted.limits,
    };
  }
  const raw = requireUsable(plan.method, reply.result);
  if (raw["resultType"] === "input_required") return waitForInput(ctx, admitted, raw, notes);
  const result = caller.present?.(raw) ?? raw;
  const text = JSON.stringify(result);
  const failed = result["isError"] === true;
  const error = failed ? { code: "tool_error", message: "The tool answered with an error." } : null;
  const status = failed ? "failed" : "succeeded";
  const durationMs = record(ctx, admitted, { status, timing, error, notes, result: text });
  return {
    execution: { id: executionId, status, durationMs },
    outcome: { kind: "result", result, text },
    limits: admitted.limits,
  };
}

/** The server asks, or refuses because its caller said that it can answer nothing. */
function asksForInput(reply: RpcReply): boolean {
  if ("error" in reply) return reply.error.code === rpcCode.missingClientCapability;
  return reply.result["resultType"] === "input_required";
}

/** Whoever calls over REST cannot answer: the call ends here instead of waiting for nobody. */
function needsInput(): HubError {
  return new HubError(
    "tool_needs_input",
    "This tool asks its caller for input while it runs. Call it through /mcp with a client that can answer.",
  );
}

/** A result of a shape that no client could read is the server's fault, not the client's problem. */
function requireUsable(method: string, result: JsonObject): JsonObject {
  const type = result["resultType"] ?? "complete";
  if (type !== "complete" && type !== "input_required")
    throw new HubError(
      "upstream_invalid",
      "The server answered with a kind of result the hub does not know.",
    );
  if (method !== "tools/call" || type === "input_required" || Array.isArray(result["content"]))
    return result;
  if (result["structuredContent"] === undefined)
    throw new HubError(
      "upstream_invalid",
      "The server answered with a tool result that has no content.",
    );
  // Older clients read only the text.
  return {
    ...result,
    content: [{ type: "text", text: JSON.stringify(result["structuredContent"]) }],
  };
}

async function waitForInput(
  ctx: Context,
  admitted: Admitted,
  result: JsonObject,
  notes: ExecutionNote[],
): Promise<Executed> {
  const { plan, executionId, continuation, caller } = admitted;
  const round = (continuation?.round ?? 0) + 1;
  if (round > maxRounds)
    throw new HubError(
      "upstream_invalid",
      `The server asked for input more than ${maxRounds} times in one call.`,
    );
  const serverState = result["requestState"];
  const requestState = await sealContinuation(ctx, {
    executionId,
    round,
    method: plan.method,
    connectionId: plan.connection.id,
    name: plan.name,
    request: requestHash(plan),
    ...(typeof serverState === "string" ? { serverState } : {}),
  });
  if (notes.length > 0) settle(ctx, { executionId, notes, outcome: null, result: null });
  await ctx.env.TEAM_GATE.getByName(ctx.teamId).pause(executionId, round, {
    at: Date.now(),
    type: "input_required",
    data: JSON.stringify({ round }),
  });
  const whole = { ...result, requestState };
  const presented = caller.present?.(whole) ?? whole;
  return {
    execution: { id: executionId, status: "running", durationMs: Date.now() - ctx.now },
    outcome: { kind: "result", result: presented, text: JSON.stringify(presented) },
    limits: admitted.limits,
  };
}

type Ending = {
  status: Outcome["status"];
  timing: Timing;
  error: Outcome["error"];
  notes: ExecutionNote[];
  result: string | null;
};

function record(ctx: Context, admitted: Admitted, ending: Ending): number {
  const finishedAt = Date.now();
  const durationMs = finishedAt - ctx.now;
  const { status, timing, error, notes, result } = ending;
  const outcome: Outcome = { status, finishedAt, durationMs, ...timing, error };
  settle(ctx, {
    executionId: admitted.executionId,
    notes,
    outcome: JSON.stringify(outcome),
    result:
      result === null
        ? null
        : recordedBody(result, admitted.plan.idempotency ? keptForRepeats : undefined),
  });
  return durationMs;
}

type Failure = {
  error: unknown;
  /** Its caller may not have the answer any more. */
  isCutOff: boolean;
  timing: Timing;
  notes: ExecutionNote[];
};

/** Records a call that ended without an answer, and names its execution in the error. */
export function fail(
  ctx: Context,
  admitted: Admitted,
  { error, isCutOff, timing, notes }: Failure,
): HubError {
  const { plan, executionId } = admitted;
  if (!(error instanceof HubError))
    log("error", "execution.unforeseen", {
      requestId: ctx.requestId,
      teamId: ctx.teamId,
      executionId,
      error: describeError(error),
    });
  const known =
    error instanceof HubError
      ? error
      : new HubError(
          "internal",
          "Something went wrong inside the hub. Try again; if it stays, report the request id.",
          { cause: error },
        );
  const { code, message } = known;
  const cancelled = isCutOff || code === "cancelled";
  const status = cancelled ? "cancelled" : code === "upstream_timeout" ? "timed_out" : "failed";
  record(ctx, admitted, { status, timing, error: { code, message }, notes, result: null });
  noteFault(ctx, plan.connection, known);
  return new HubError(code, message, {
    cause: known.cause,
    details: { ...known.details, executionId, connection: plan.connection.slug },
  });
}
