import { noteFault, tellOfServers } from "../connections";
import type { JsonObject, RpcReply } from "../connectors";
import type { Outcome } from "../ledger";
import type { ExecutionNote, ServerReport } from "../limits";
import type { Context } from "../platform/context";
import { HubError } from "../platform/errors";
import { describeError, log } from "../platform/log";
import { maskText } from "../platform/mask";
import { asksForInput, needsInput, requireUsable } from "./answer";
import { keepAnswer, type KeptResult } from "./cached-answer";
import { requestHash, sealContinuation } from "./continuation";
import { sealAnswer } from "./kept-answer";
import type { Admitted, Executed } from "./plan";
import { maskingFor, recordedBody } from "./recorded-body";
import { settle } from "./settle";

const maxRounds = 16;

type Timing = Pick<Outcome, "admittedMs" | "upstreamMs">;
type Heard = {
  timing: Timing;
  notes: ExecutionNote[];
  /** What was heard of the server meanwhile. */
  report: ServerReport;
};
type Answered = Omit<Heard, "notes"> & {
  reply: RpcReply;
  /** Asked once it is sure that the answer is one: of what is refused, the notes go with the failure. */
  takeNotes: () => ExecutionNote[];
};

/** Judges what the server answered, records it, and makes it the answer. Throws `upstream_invalid`. */
export async function conclude(
  ctx: Context,
  admitted: Admitted,
  answered: Answered,
): Promise<Executed> {
  const { plan, caller, executionId } = admitted;
  const { reply, takeNotes, ...heard } = answered;
  if (caller.surface !== "mcp" && asksForInput(reply)) throw needsInput();
  const report: ServerReport = { ...heard.report, verdict: "works" };
  if ("error" in reply) {
    const error = {
      code: "upstream_error",
      message: `The server answered with the JSON-RPC error ${reply.error.code}.`,
    };
    const json = JSON.stringify(reply.error);
    const kept = await sealAnswer(ctx, admitted, { answer: json });
    const durationMs = record(ctx, admitted, {
      ...heard,
      report,
      status: "failed",
      error,
      result: { value: reply.error, json },
      kept,
      notes: takeNotes(),
    });
    return {
      execution: { id: executionId, status: "failed", durationMs },
      outcome: { kind: "error", error: reply.error },
      limits: admitted.limits,
    };
  }
  const raw = requireUsable(plan.method, reply.result);
  if (raw["resultType"] === "input_required") return waitForInput(ctx, admitted, raw, answered);
  const result = caller.present?.(raw) ?? raw;
  const text = JSON.stringify(result);
  const failed = result["isError"] === true;
  const error = failed ? { code: "tool_error", message: "The tool answered with an error." } : null;
  const status = failed ? "failed" : "succeeded";
  const kept = await sealAnswer(ctx, admitted, { answer: text });
  const durationMs = record(ctx, admitted, {
    ...heard,
    report,
    status,
    error,
    result: { value: result, json: text },
    kept,
    notes: takeNotes(),
  });
  keepAnswer(ctx, plan, raw);
  return {
    execution: { id: executionId, status, durationMs },
    outcome: { kind: "result", result, text },
    limits: admitted.limits,
  };
}

/** Answers a call with what its server answered earlier, and records that. */
export async function concludeFromCache(
  ctx: Context,
  admitted: Admitted,
  { answer, stale, ...heard }: Heard & { answer: KeptResult; stale: boolean },
): Promise<Executed> {
  const { caller, executionId } = admitted;
  const cached = { at: answer.at, stale };
  const result = caller.present?.(answer.result) ?? answer.result;
  const text = JSON.stringify(result);
  const note = { at: Date.now(), type: "answered_from_cache", data: JSON.stringify(cached) };
  const durationMs = record(ctx, admitted, {
    ...heard,
    notes: [...heard.notes, note],
    status: "succeeded",
    error: null,
    result: { value: result, json: text },
    kept: await sealAnswer(ctx, admitted, { answer: text, cached }),
  });
  return {
    execution: { id: executionId, status: "succeeded", durationMs },
    outcome: { kind: "result", result, text },
    limits: admitted.limits,
    cached,
  };
}

async function waitForInput(
  ctx: Context,
  admitted: Admitted,
  result: JsonObject,
  { takeNotes, report }: Answered,
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
  const notes = takeNotes();
  if (notes.length > 0 || report.failures || report.vendor)
    settle(ctx, {
      executionId,
      notes,
      outcome: null,
      result: null,
      ...report,
      verdict: "works",
    });
  const gate = ctx.env.TEAM_GATE.getByName(ctx.teamId);
  const data = JSON.stringify({ round });
  const news = await gate.pause(executionId, round, {
    at: Date.now(),
    type: "input_required",
    data,
  });
  tellOfServers(ctx, news);
  const whole = { ...result, requestState };
  const presented = caller.present?.(whole) ?? whole;
  return {
    execution: { id: executionId, status: "running", durationMs: Date.now() - ctx.now },
    outcome: { kind: "result", result: presented, text: JSON.stringify(presented) },
    limits: admitted.limits,
  };
}

type Ending = Heard & {
  status: Outcome["status"];
  error: Outcome["error"];
  result: { value: unknown; json: string } | null;
  /** The answer, sealed. */
  kept: string | null;
};

function record(ctx: Context, admitted: Admitted, ending: Ending): number {
  const finishedAt = Date.now();
  const durationMs = finishedAt - ctx.now;
  const { status, timing, error, notes, result, report, kept } = ending;
  const { keep } = admitted.plan;
  const outcome: Outcome = { status, finishedAt, durationMs, ...timing, error };
  ctx.span?.set({ "plugboard.status": status });
  if (error) ctx.span?.fail(error.code);
  settle(ctx, {
    executionId: admitted.executionId,
    notes,
    outcome: JSON.stringify(outcome),
    result: result === null ? null : recordedBody({ ...result, keep }),
    ...(kept === null ? {} : { kept }),
    ...report,
  });
  return durationMs;
}

type Failure = Heard & {
  error: unknown;
  /** Its caller may not have the answer any more. */
  isCutOff: boolean;
};

/** Records a call that ended without an answer, and names its execution in the error. */
export function fail(
  ctx: Context,
  admitted: Admitted,
  { error, isCutOff, ...heard }: Failure,
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
  // A sentence of the hub's may quote what the server said.
  const told = { code, message: maskText(message, maskingFor(plan.keep)) };
  record(ctx, admitted, { ...heard, status, error: told, result: null, kept: null });
  noteFault(ctx, plan.connection, known);
  return new HubError(code, message, {
    cause: known.cause,
    details: { ...known.details, executionId, connection: plan.connection.slug },
  });
}
