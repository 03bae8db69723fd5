import type { JsonObject } from "../../connectors";
import { openText, sealText } from "../../credentials";
import type { Context } from "../../platform/context";

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

/** The CallToolResult, given as JSON text. */
export function sealResult(ctx: Asking, jobId: string, json: string): Promise<string> {
  return sealText(ctx, resultOf(jobId), { result: json });
}

export async function openResult(ctx: Asking, jobId: string, sealed: string): Promise<JsonObject> {
  const { result: json = "{}" } = await openText(ctx, resultOf(jobId), sealed);
  return JSON.parse(json) as JsonObject;
}
