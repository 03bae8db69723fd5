import { createRoute, z } from "@hono/zod-openapi";
import { BatchCall, BatchResult, CallEvent, CallResult } from "../../shared/contracts/calls";
import { Job } from "../../shared/contracts/jobs";
import { CallTool } from "../../shared/contracts/tools";
import { limitHeaders } from "../limits";
import { Cancellation } from "../platform/cancellation";
import type { Context } from "../platform/context";
import { HubError } from "../platform/errors";
import { answers, createRouter, failures, idParam, jsonBody } from "../platform/http";
import type { RunnableTool } from "../tools";
import { callBatch } from "./batch";
import { callLater, type Later } from "./call-later";
import { callResultText } from "./call-result";
import { execute, type ToolCall } from "./execute";
import { appliedOf, readPrefer } from "./prefer";
import { streamCall } from "./stream";

export const idempotencyHeader = z
  .string()
  .regex(/^[\x21-\x7e]{1,200}$/, "must be 1 to 200 visible ASCII characters")
  .optional()
  .openapi({
    description: "Whoever repeats the call with the same key within a day gets the first answer.",
  });

/** A call's answer, however it came to be. */
export const callAnswer = {
  description: "The execution, and the result as an MCP CallToolResult",
  headers: z.object({
    RateLimit: z
      .string()
      .describe("What is left of each limit, and in how many seconds it is whole again"),
    "RateLimit-Policy": z.string().describe("Each limit and its window in seconds"),
  }),
};

/** A call that goes on by itself. */
export const jobAnswer = {
  ...answers(Job, "The job that runs it"),
  headers: z.object({
    Location: z.string().describe("Where the job is read"),
    "Preference-Applied": z.string().optional(),
  }),
};

/** What a call can come to. */
export const callFails = [
  "invalid_input",
  "invalid_arguments",
  "forbidden",
  "not_found",
  "tool_quarantined",
  "connection_disabled",
  "idempotency_in_progress",
  "idempotency_mismatch",
  "payload_too_large",
  "tool_needs_input",
  "rate_limited",
  "upstream_unreachable",
  "upstream_unauthorized",
  "upstream_invalid",
  "upstream_error",
  "upstream_too_large",
  "execution_lost",
  "upstream_timeout",
  "circuit_open",
  "overloaded",
  "unavailable",
] as const;

const call = createRoute({
  operationId: "callTool",
  method: "post",
  path: "/{id}/call",
  summary: "Run a tool",
  description:
    "Answers when the tool has answered. A tool's own error is an answer too: status 200, execution status `failed`, `result.isError` true. With the header `Accept: text/event-stream`, and no `application/json` in it, the answer is a stream of server-sent events: `started` once the call is admitted, `progress` and `log` as the server tells of them, then one `result`, or one `error` of the form of every error. What is refused before it is admitted answers as it does without a stream. Hanging up cancels the call. With the header `Prefer` it runs as a job instead, and so does a tool that may take longer than a minute: hanging up leaves that alone.",
  tags: ["Tools"],
  request: {
    params: idParam("A tool's id"),
    headers: z.object({
      "idempotency-key": idempotencyHeader,
      prefer: z.string().optional().openapi({
        description:
          "`respond-async`: as a job, at once. `wait=N`: as a job that is waited for up to N seconds (1 to 300); what has not ended by then is answered with the job, which goes on.",
      }),
    }),
    ...jsonBody(CallTool),
  },
  responses: {
    200: {
      ...callAnswer,
      content: {
        "application/json": { schema: CallResult },
        "text/event-stream": { schema: CallEvent },
      },
    },
    202: jobAnswer,
    ...failures(...callFails, "cancelled", "connection_needs_auth"),
  },
});

/** How long a connection lasts that nothing comes over. */
const lastsMs = 60_000;

const batch = createRoute({
  operationId: "callTools",
  method: "post",
  path: "/call-batch",
  summary: "Run several tools side by side",
  description:
    "Each call is admitted, limited and recorded for itself, and what one of them comes to stops no other: `results` are, in the order of the calls, what each would have been answered with. Hanging up cancels those under way; the rest is not begun.",
  tags: ["Tools"],
  request: jsonBody(BatchCall),
  responses: {
    200: answers(BatchResult, "What each call came to"),
    ...failures("invalid_input", "forbidden", "payload_too_large"),
  },
});

/** Whoever takes JSON as well gets JSON: MCP clients and what is made from them name both. */
export const wantsStream = (accept = ""): boolean =>
  accept.includes("text/event-stream") && !accept.includes("application/json");

export const createCallRoutes = () =>
  createRouter()
    .openapi(batch, async (c) => {
      const cancellation = new Cancellation(c.req.raw.signal);
      const text = await callBatch(c.get("ctx"), c.req.valid("json"), cancellation);
      return c.body(text, 200, { "content-type": "application/json" }) as never;
    })
    .openapi(call, async (c) => {
      const ctx = c.get("ctx");
      const { id } = c.req.valid("param");
      const headers = c.req.valid("header");
      const args = c.req.valid("json").arguments;
      const idempotencyKey = headers["idempotency-key"] ?? null;
      const asked = { tool: () => ({ id }), arguments: args, idempotencyKey };
      if (wantsStream(c.req.header("accept"))) return streamCall(ctx, c.req.raw, asked);
      const prefer = readPrefer(headers.prefer);
      const later = (waitMs: number, timeoutMs?: number) =>
        callLater(ctx, {
          toolId: id,
          arguments: args,
          timeoutMs,
          idempotencyKey,
          waitMs,
          gone: c.req.raw.signal,
        });
      const asJob = prefer.respondAsync || prefer.waitMs !== undefined;
      const came = asJob
        ? await later(prefer.waitMs ?? 0)
        : await executeOrLater(ctx, { ...asked, signal: c.req.raw.signal, later });
      const applied = asJob ? { "preference-applied": appliedOf(prefer) } : {};
      if (came.kind === "goes on")
        return c.json(came.job, 202, {
          location: `/api/v1/jobs/${came.job.id}`,
          ...applied,
          ...limitHeaders(came.limits),
        });
      return c.body(callResultText(came.executed), 200, {
        "content-type": "application/json",
        ...applied,
        ...limitHeaders(came.executed.limits),
      }) as never;
    });

/** A call; of a tool that may take longer than a connection lasts, as a job that is waited for. */
async function executeOrLater(
  ctx: Context,
  {
    signal,
    later,
    ...call
  }: Omit<ToolCall, "extra" | "inspect"> & {
    signal: AbortSignal;
    later: (waitMs: number, timeoutMs: number) => Promise<Later>;
  },
): Promise<Later> {
  let slowMs: number | undefined;
  const inspect = ({ timeoutMs }: RunnableTool) => {
    if (timeoutMs <= lastsMs) return;
    slowMs = timeoutMs;
    throw new HubError("conflict", "This tool is run as a job.");
  };
  try {
    const executed = await execute(
      ctx,
      { surface: "rest", cancellation: new Cancellation(signal) },
      { ...call, extra: {}, inspect },
    );
    return { kind: "ended", executed };
  } catch (error) {
    if (slowMs === undefined) throw error;
    return later(lastsMs, slowMs);
  }
}
