import type { ExecutionContext } from "../../shared/contracts/executions";
import type { JsonObject } from "../connectors";
import { limitHeaders } from "../limits";
import { Cancellation } from "../platform/cancellation";
import type { Context } from "../platform/context";
import { HubError } from "../platform/errors";
import type { RunnableTool } from "../tools";
import { callLater, type Later } from "./call-later";
import { callResultText } from "./call-result";
import { execute } from "./execute";
import { appliedOf, readPrefer } from "./prefer";
import { streamCall } from "./stream";

/** How long a connection lasts that nothing comes over. */
const lastsMs = 60_000;

export type Call = {
  toolId: string;
  arguments: JsonObject;
  idempotencyKey: string | null;
  /** In the course of what it is called. */
  context?: ExecutionContext;
};

/**
 * Runs a tool and answers as the request has it: as a stream, as a job, or once it has ended. Throws what `execute`
 * throws.
 */
export async function answerCall(
  ctx: Context,
  { request, ...call }: Call & { request: Request },
): Promise<Response> {
  const { headers, signal } = request;
  if (wantsStream(headers.get("accept") ?? "")) {
    const { toolId, ...asked } = call;
    return streamCall(ctx, request, { ...asked, tool: () => ({ id: toolId }) });
  }
  const prefer = readPrefer(headers.get("prefer") ?? undefined);
  const asJob = prefer.respondAsync || prefer.waitMs !== undefined;
  const came = asJob
    ? await callLater(ctx, { ...call, waitMs: prefer.waitMs ?? 0, gone: signal })
    : await executeOrLater(ctx, { ...call, signal });
  const applied: Record<string, string> = asJob ? { "preference-applied": appliedOf(prefer) } : {};
  if (came.kind === "goes on") {
    const location = `/api/v1/jobs/${came.job.id}`;
    return Response.json(came.job, {
      status: 202,
      headers: { location, ...applied, ...limitHeaders(came.limits) },
    });
  }
  return new Response(callResultText(came.executed), {
    headers: {
      "content-type": "application/json",
      ...applied,
      ...limitHeaders(came.executed.limits),
    },
  });
}

/** Whoever takes JSON as well gets JSON: MCP clients and what is made from them name both. */
const wantsStream = (accept: string): boolean =>
  accept.includes("text/event-stream") && !accept.includes("application/json");

/** A call; of a tool that may take longer than a connection lasts, as a job that is waited for. */
async function executeOrLater(
  ctx: Context,
  { signal, ...call }: Call & { signal: AbortSignal },
): Promise<Later> {
  const { toolId, context, ...asked } = call;
  let slowMs: number | undefined;
  const inspect = ({ timeoutMs }: RunnableTool) => {
    if (timeoutMs <= lastsMs) return;
    slowMs = timeoutMs;
    throw new HubError("conflict", "This tool is run as a job.");
  };
  try {
    const executed = await execute(
      ctx,
      { surface: "rest", cancellation: new Cancellation(signal), ...(context && { context }) },
      { ...asked, tool: () => ({ id: toolId }), extra: {}, inspect },
    );
    return { kind: "ended", executed };
  } catch (error) {
    if (slowMs === undefined) throw error;
    return callLater(ctx, { ...call, timeoutMs: slowMs, waitMs: lastsMs, gone: signal });
  }
}
