import { createRoute } from "@hono/zod-openapi";
import { ExecutionSummary, ExecutionSummaryQuery } from "../../shared/contracts/charts";
import {
  ExecutionDetail,
  ExecutionEventPage,
  ExecutionEventQuery,
  ExecutionPage,
  ExecutionQuery,
} from "../../shared/contracts/executions";
import { answers, createRouter, failures, idParam } from "../platform/http";
import { getExecution, listEvents, listExecutions, summarizeExecutions } from "./list";

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
