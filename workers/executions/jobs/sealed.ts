import type { JsonObject, RpcError } from "../../connectors";
import { openText, sealText } from "../../credentials";
import type { Context } from "../../platform/context";
import type { Cached, Executed } from "../plan";

type Asking = Pick<Context, "env" | "teamId">;

const requestOf = (jobId: string) => ({ purpose: "job-request", id: jobId });
const resultOf = (jobId: string) => ({ purpose: "job-result", id: jobId });

/** The arguments as its attempts need them, sealed for this job alone. */
export function sealRequest(ctx: Asking, jobId: string, args: JsonObject): Promise<string> {
  return sealText(ctx, requestOf(jobId), { arguments: JSON.stringify(args) });
}

export async function openRequest(ctx: Asking, jobId: string, sealed: string): Promise<JsonObject> {
  const { arguments: json = "{}" } = await openText(ctx, requestOf(jobId), sealed);
  return JSON.parse(json) as JsonObject;
}

/** A CallToolResult, or an error of JSON-RPC, as JSON text. */
type Answered = { result: string; cached?: Cached | undefined } | { error: string };

/** What its server answered. */
export function sealAnswered(ctx: Asking, jobId: string, answered: Answered): Promise<string> {
  if ("error" in answered) return sealText(ctx, resultOf(jobId), answered);
  const { result, cached } = answered;
  const kept = cached && { cached: JSON.stringify(cached) };
  return sealText(ctx, resultOf(jobId), { result, ...kept });
}

export async function openAnswered(
  ctx: Asking,
  jobId: string,
  sealed: string,
): Promise<Pick<Executed, "outcome" | "cached">> {
  const { result = "{}", error, cached } = await openText(ctx, resultOf(jobId), sealed);
  if (error !== undefined)
    return { outcome: { kind: "error", error: JSON.parse(error) as RpcError } };
  return {
    outcome: { kind: "result", result: JSON.parse(result) as JsonObject, text: result },
    ...(cached !== undefined && { cached: JSON.parse(cached) as Cached }),
  };
}

/** Without a result where its server answered with an error. */
export async function openResult(
  ctx: Asking,
  jobId: string,
  sealed: string,
): Promise<{ result: JsonObject | null; cached?: Cached }> {
  const { outcome, ...rest } = await openAnswered(ctx, jobId, sealed);
  return { result: outcome.kind === "result" ? outcome.result : null, ...rest };
}
