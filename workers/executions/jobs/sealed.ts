import type { JsonObject, RpcError } from "../../connectors";
import { openText, sealText } from "../../credentials";
import type { Context } from "../../platform/context";
import type { Executed } from "../plan";

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

/** What its server answered, a CallToolResult or an error of JSON-RPC, given as JSON text. */
export function sealAnswered(
  ctx: Asking,
  jobId: string,
  answered: { result: string } | { error: string },
): Promise<string> {
  return sealText(ctx, resultOf(jobId), answered);
}

export async function openAnswered(
  ctx: Asking,
  jobId: string,
  sealed: string,
): Promise<Executed["outcome"]> {
  const { result = "{}", error } = await openText(ctx, resultOf(jobId), sealed);
  if (error !== undefined) return { kind: "error", error: JSON.parse(error) as RpcError };
  return { kind: "result", result: JSON.parse(result) as JsonObject, text: result };
}

/** Null where its server answered with an error. */
export async function openResult(
  ctx: Asking,
  jobId: string,
  sealed: string,
): Promise<JsonObject | null> {
  const answered = await openAnswered(ctx, jobId, sealed);
  return answered.kind === "result" ? answered.result : null;
}
