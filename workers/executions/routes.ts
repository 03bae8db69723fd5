import { createRoute, z } from "@hono/zod-openapi";
import {
  CallResult,
  ExecutionDetail,
  ExecutionEventPage,
  ExecutionEventQuery,
  ExecutionPage,
  ExecutionQuery,
  LiveMessage,
} from "../../shared/contracts/executions";
import { CallTool } from "../../shared/contracts/tools";
import { limitHeaders } from "../limits";
import { Cancellation } from "../platform/cancellation";
import { requirePermission } from "../platform/context";
import { HubError } from "../platform/errors";
import { answers, createRouter, failures, idParam, jsonBody } from "../platform/http";
import { execute } from "./execute";
import { getExecution, listEvents, listExecutions } from "./list";
import type { Executed } from "./plan";

const call = createRoute({
  operationId: "callTool",
  method: "post",
  path: "/{id}/call",
  summary: "Run a tool",
  description:
    "Answers when the tool has answered. A tool's own error is an answer too: status 200, execution status `failed`, `result.isError` true.",
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
      ...answers(CallResult, "The execution, and the result as an MCP CallToolResult"),
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

export const createCallRoutes = () =>
  createRouter().openapi(call, async (c) => {
    const { id } = c.req.valid("param");
    const executed = await execute(
      c.get("ctx"),
      { surface: "rest", cancellation: new Cancellation(c.req.raw.signal) },
      {
        tool: () => ({ id }),
        arguments: c.req.valid("json").arguments,
        extra: {},
        idempotencyKey: c.req.valid("header")["idempotency-key"] ?? null,
      },
    );
    // The result is JSON text already: it is not parsed and written a second time.
    const body = `{"execution":${JSON.stringify(executed.execution)},"result":${resultText(executed)}}`;
    return c.body(body, 200, {
      "content-type": "application/json",
      ...limitHeaders(executed.limits),
    }) as never;
  });

function resultText({ outcome, execution }: Executed): string {
  if (outcome.kind === "result") return outcome.text;
  const { code, message } = outcome.error;
  throw new HubError(
    "upstream_error",
    `The server answered with the JSON-RPC error ${code}. What it said stands in details.upstream.`,
    {
      details: { executionId: execution.id, upstream: { code, message: message.slice(0, 500) } },
    },
  );
}

const tags = ["Executions"];
const params = idParam("An execution's id");

const list = createRoute({
  operationId: "listExecutions",
  method: "get",
  path: "/",
  summary: "List executions, newest first",
  tags,
  request: { query: ExecutionQuery },
  responses: {
    200: answers(ExecutionPage, "Executions"),
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
    const stream = await ctx.env.TEAM_LEDGER.getByName(ctx.teamId).fetch(url, {
      headers: { upgrade: "websocket" },
    });
    // A socket has no body whose type the route could declare.
    return stream as never;
  });
