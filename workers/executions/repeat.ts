import type { ExecutionDetail } from "../../shared/contracts/executions";
import type { JsonObject, RpcError } from "../connectors";
import type { Admission } from "../limits";
import type { Context } from "../platform/context";
import { HubError } from "../platform/errors";
import { isErrorCode } from "../../shared/errors";
import { openAnswer } from "./kept-answer";
import type { Executed, Plan } from "./plan";

/** The answer of the call that used this idempotency key first. */
export async function repeat(
  ctx: Context,
  plan: Plan,
  first: Admission & { kind: "repeated" },
): Promise<Executed> {
  const { executionId, sameRequest } = first;
  const details = { executionId };
  if (!sameRequest)
    throw new HubError(
      "idempotency_mismatch",
      "This Idempotency-Key was used for another call. Use a new key for a new call.",
      { details },
    );
  const [json, answer] = await Promise.all([
    ctx.env.TEAM_LEDGER.getByName(ctx.teamId).get(executionId),
    openAnswer(ctx, executionId),
  ]);
  const execution = json === null ? undefined : (JSON.parse(json) as ExecutionDetail);
  if (!execution || execution.status === "running")
    throw new HubError(
      "idempotency_in_progress",
      "The first call with this Idempotency-Key is still running. Ask again in a moment.",
      { details },
    );
  const { result, status, durationMs, error } = execution;
  if (answer === undefined && result)
    throw new HubError(
      "conflict",
      "The first call with this Idempotency-Key has ended, but its result was too large to keep. See its execution.",
      { details },
    );
  if (answer === undefined)
    throw new HubError(
      isErrorCode(error?.code) ? error.code : "upstream_error",
      error?.message ?? `The first call with this Idempotency-Key ended as ${status}.`,
      { details: { ...details, connection: plan.connection.slug } },
    );
  const { answer: text, cached } = answer;
  const kept = JSON.parse(text) as JsonObject;
  const outcome: Executed["outcome"] =
    error?.code === "upstream_error"
      ? { kind: "error", error: kept as RpcError }
      : { kind: "result", result: kept, text };
  return {
    execution: { id: executionId, status, durationMs: durationMs ?? 0 },
    outcome,
    limits: [],
    ...(cached && { cached }),
  };
}
