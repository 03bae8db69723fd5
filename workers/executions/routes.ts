import { createRoute, z } from "@hono/zod-openapi";
import {
  CallEvent,
  CallResult,
  ExecutionDetail,
  ExecutionEventPage,
  ExecutionEventQuery,
  ExecutionPage,
  ExecutionQuery,
  ExecutionSummary,
  ExecutionSummaryQuery,
  LiveMessage,
} from "../../shared/contracts/executions";
import { CallTool } from "../../shared/contracts/tools";
import type { Viewer } from "../ledger";
import { limitHeaders } from "../limits";
import { Cancellation } from "../platform/cancellation";
import { requirePermission } from "../platform/context";
import { HubError } from "../platform/errors";
import { answers, createRouter, failures, idParam, jsonBody } from "../platform/http";
import { callResultText } from "./call-result";
import { execute } from "./execute";
import { getExecution, listEvents, listExecutions, summarizeExecutions } from "./list";
import { streamCall } from "./stream";

const call = createRoute({
  operationId: "callTool",
  method: "post",
  path: "/{id}/call",
  summary: "Run a tool",
  description:
    "Answers when the tool has answered. A tool's own error is an answer too: status 200, execution status `failed`, `result.isError` true. With the header `Accept: text/event-stream`, and no `application/json` in it, the answer is a stream of server-sent events: `started` once the call is admitted, `progress` and `log` as the server tells of them, then one `result`, or one `error` of the form of every error. What is refused before it is admitted answers as it does without a stream. Hanging up cancels the call.",
  tags: ["Tools"],
  request: {
    params: idParam("A tool's id"),
    headers: z.object({
      "idempotency-key": z
        .string()
        .regex(/^[\x21-\x7e]{1,200}$/, "must be 1 to 200 visible ASCII characters")
        .optional()
        .openapi({
          description:
            "Whoever repeats the call with the same key within a day gets the first answer.",
        }),
    }),
    ...jsonBody(CallTool),
  },
  responses: {
    200: {
      description: "The execution, and the result as an MCP CallToolResult",
      content: {
        "application/json": { schema: CallResult },
        "text/event-stream": { schema: CallEvent },
      },
      headers: z.object({
        RateLimit: z
          .string()
          .describe("What is left of each limit, and in how many seconds it is whole again"),
        "RateLimit-Policy": z.string().describe("Each limit and its window in seconds"),
      }),
    },
    ...failures(
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
      "unavailable",
    ),
  },
});

/** Whoever takes JSON as well gets JSON: MCP clients and what is made from them name both. */
const wantsStream = (accept = ""): boolean =>
  accept.includes("text/event-stream") && !accept.includes("application/json");

export const createCallRoutes = () =>
  createRouter().openapi(call, async (c) => {
    const { id } = c.req.valid("param");
    const asked = {
      tool: () => ({ id }),
      arguments: c.req.valid("json").arguments,
      idempotencyKey: c.req.valid("header")["idempotency-key"] ?? null,
    };
    if (wantsStream(c.req.header("accept"))) return streamCall(c.get("ctx"), c.req.raw, asked);
    const executed = await execute(
      c.get("ctx"),
      { surface: "rest", cancellation: new Cancellation(c.req.raw.signal) },
      { ...asked, extra: {} },
    );
    return c.body(callResultText(executed), 200, {
      "content-type": "application/json",
      ...limitHeaders(executed.limits),
    }) as never;
  });

const tags = ["Executions"];
const params = idParam("An execution's id");

const list = createRoute({
  operationId: "listExecutions",
  method: "get",
  path: "/",
  summary: "List executions, newest first",
  description:
    "A page looks at a bounded number of executions: under a filter that keeps few it may be short or empty and yet have a `nextCursor`. Go on until that is null.",
  tags,
  request: { query: ExecutionQuery },
  responses: {
    200: answers(ExecutionPage, "Executions"),
    ...failures("forbidden", "invalid_input"),
  },
});
const summary = createRoute({
  operationId: "summarizeExecutions",
  method: "get",
  path: "/summary",
  summary: "Count the executions of the last hours",
  tags,
  request: { query: ExecutionSummaryQuery },
  responses: {
    200: answers(ExecutionSummary, "How many, how they ended, and how long they took"),
    ...failures("forbidden", "invalid_input"),
  },
});
const get = createRoute({
  operationId: "getExecution",
  method: "get",
  path: "/{id}",
  summary: "Read an execution with its arguments and its result",
  tags,
  request: { params },
  responses: {
    200: answers(ExecutionDetail, "The execution"),
    ...failures("not_found", "forbidden"),
  },
});
const events = createRoute({
  operationId: "listExecutionEvents",
  method: "get",
  path: "/{id}/events",
  summary: "List what happened during an execution, oldest first",
  tags,
  request: { params, query: ExecutionEventQuery },
  responses: {
    200: answers(ExecutionEventPage, "Events"),
    ...failures("not_found", "forbidden", "invalid_input"),
  },
});

export const createExecutionRoutes = () =>
  createRouter()
    .openapi(list, async (c) =>
      c.json(await listExecutions(c.get("ctx"), c.req.valid("query")), 200),
    )
    .openapi(summary, async (c) =>
      c.json(await summarizeExecutions(c.get("ctx"), c.req.valid("query").hours), 200),
    )
    .openapi(get, async (c) =>
      c.json(await getExecution(c.get("ctx"), c.req.valid("param").id), 200),
    )
    .openapi(events, async (c) =>
      c.json(await listEvents(c.get("ctx"), c.req.valid("param").id, c.req.valid("query")), 200),
    );

const live = createRoute({
  operationId: "watchExecutions",
  method: "get",
  path: "/",
  summary: "Watch executions live over a WebSocket",
  description:
    "Each message is one JSON object, shown here as the answer. With `since`, what you missed comes first; a `reset` says that it is no longer kept, so load the lists anew. Send the text `ping` to get `pong`.",
  tags,
  request: {
    query: z.object({
      since: z
        .string()
        .regex(/^\d{1,15}$/, "must be a sequence number")
        .optional()
        .describe("The last sequence number you have seen"),
    }),
  },
  responses: { 101: answers(LiveMessage, "The stream"), ...failures("forbidden", "invalid_input") },
});

export const createLiveRoutes = () =>
  createRouter().openapi(live, async (c) => {
    const ctx = c.get("ctx");
    requirePermission(ctx, "executions.read");
    if (c.req.header("upgrade")?.toLowerCase() !== "websocket")
      throw new HubError(
        "invalid_input",
        "Open a WebSocket here: send the header Upgrade: websocket.",
      );
    const { since } = c.req.valid("query");
    const url = `https://ledger/live${since === undefined ? "" : `?since=${since}`}`;
    const { actor, epoch, expiresAt } = ctx;
    const session = actor.kind === "user" ? [actor.sessionId] : [];
    const ids = [actor.id, ...session, ...(actor.personId === null ? [] : [actor.personId])];
    const viewer: Viewer = { epoch, ids: [...new Set(ids)], hidden: [...ctx.hidden], expiresAt };
    const stream = await ctx.env.TEAM_LEDGER.getByName(ctx.teamId).fetch(url, {
      headers: { upgrade: "websocket", "x-viewer": JSON.stringify(viewer) },
    });
    // A socket has no body whose type the route could declare.
    return stream as never;
  });
