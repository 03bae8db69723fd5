import { createRoute, z } from "@hono/zod-openapi";
import { BatchCall, BatchResult, CallEvent, CallResult } from "../../shared/contracts/calls";
import { Job } from "../../shared/contracts/jobs";
import { CallTool } from "../../shared/contracts/tools";
import { Cancellation } from "../platform/cancellation";
import { answers, createRouter, failures, idParam, jsonBody } from "../platform/http";
import { answerCall } from "./answer-caller";
import { callBatch } from "./batch";

export const idempotencyHeader = z
  .string()
  .regex(/^[\x21-\x7e]{1,200}$/, "must be 1 to 200 visible ASCII characters")
  .optional()
  .openapi({
    description: "Whoever repeats the call with the same key within a day gets the first answer.",
  });

/** The headers of a call. */
export const callHeaders = z.object({
  "idempotency-key": idempotencyHeader,
  prefer: z.string().optional().openapi({
    description:
      "`respond-async`: as a job, at once. `wait=N`: as a job that is waited for up to N seconds (1 to 300); what has not ended by then is answered with the job, which goes on.",
  }),
});

const limitHeaders = {
  RateLimit: z
    .string()
    .optional()
    .describe(
      "What is left of each limit, and in how many seconds it is whole again. Not where nothing was spent: the first answer is given again, or there is no limit",
    ),
  "RateLimit-Policy": z.string().optional().describe("Each limit and its window in seconds"),
};

/** A call's answer, however it came to be. */
export const callAnswer = {
  description: "The execution, and the result as an MCP CallToolResult",
  headers: z.object(limitHeaders),
  content: {
    "application/json": { schema: CallResult },
    "text/event-stream": { schema: CallEvent },
  },
};

/** A call that goes on by itself. */
export const jobAnswer = {
  ...answers(Job, "The job that runs it"),
  headers: z.object({
    Location: z.string().describe("Where the job is read"),
    "Preference-Applied": z.string().optional(),
    ...limitHeaders,
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
    headers: callHeaders,
    ...jsonBody(CallTool),
  },
  responses: {
    200: callAnswer,
    202: jobAnswer,
    ...failures(...callFails, "cancelled", "connection_needs_auth"),
  },
});

const batch = createRoute({
  operationId: "callTools",
  method: "post",
  path: "/call-batch",
  summary: "Run several tools side by side",
  description:
    "Each call is admitted, limited and recorded for itself, and what one of them comes to stops no other: `results` are, in the order of the calls, what each would have been answered with. Hanging up cancels those under way; the rest is not begun.",
  tags: ["Tools"],
  request: {
    headers: z.object({
      "idempotency-key": idempotencyHeader.openapi({
        description:
          "Whoever repeats the batch with the same key within a day gets, for each call that is the same at the same place, the first answer. One that differs is an `idempotency_mismatch` among the results.",
      }),
    }),
    ...jsonBody(BatchCall),
  },
  responses: {
    200: answers(BatchResult, "What each call came to"),
    ...failures("invalid_input", "forbidden", "payload_too_large"),
  },
});

export const createCallRoutes = () =>
  createRouter()
    .openapi(batch, async (c) => {
      const text = await callBatch(c.get("ctx"), {
        ...c.req.valid("json"),
        idempotencyKey: c.req.valid("header")["idempotency-key"] ?? null,
        cancellation: new Cancellation(c.req.raw.signal),
      });
      return c.body(text, 200, { "content-type": "application/json" }) as never;
    })
    .openapi(call, (c) =>
      answerCall(c.get("ctx"), {
        request: c.req.raw,
        toolId: c.req.valid("param").id,
        arguments: c.req.valid("json").arguments,
        idempotencyKey: c.req.valid("header")["idempotency-key"] ?? null,
      }),
    );
