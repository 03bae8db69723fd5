import { createRoute, z } from "@hono/zod-openapi";
import { ReplayExecution } from "../../shared/contracts/calls";
import { ExecutionLogPage, ExecutionLogQuery } from "../../shared/contracts/executions";
import { limitHeaders } from "../limits";
import { answers, createRouter, failures, idParam, jsonBody } from "../platform/http";
import { answerCall } from "./answer-caller";
import { callAnswer, callFails, callHeaders, idempotencyHeader, jobAnswer } from "./call-routes";
import { listLogs } from "./logs";
import { replayOf } from "./replay";
import { resumeExecution } from "./resume";
import { stopExecution } from "./stop";

const tags = ["Executions"];
const params = idParam("An execution's id");

const stop = createRoute({
  operationId: "stopExecution",
  method: "post",
  path: "/{id}/stop",
  summary: "Stop a call under way",
  description:
    "Your own, or with `executions.manage` anybody's. Its server is left alone within about a second, and the execution ends as `cancelled`; whether it took effect is not known. Of the attempt of a job the job is cancelled.",
  tags,
  request: { params },
  responses: {
    202: { description: "It is being stopped" },
    ...failures("not_found", "forbidden", "conflict"),
  },
});
const resume = createRoute({
  operationId: "resumeExecution",
  method: "post",
  path: "/{id}/resume",
  summary: "Take up a call that did not end well",
  description:
    "Runs its tool again from the beginning, with the same arguments, as a job of yours. For executions that are `failed`, `timed_out`, `cancelled` or `lost`, and whose arguments were kept whole.",
  tags,
  request: { params, headers: z.object({ "idempotency-key": idempotencyHeader }) },
  responses: {
    202: jobAnswer,
    ...failures(...callFails, "conflict"),
  },
});
const replay = createRoute({
  operationId: "replayExecution",
  method: "post",
  path: "/{id}/replay",
  summary: "Run an earlier call's tool once more",
  description:
    "As you and by today's rules, with the arguments you give, or else with those of then where they were kept whole. Answers as a call does: with `Accept: text/event-stream` as a stream, and with `Prefer`, or where the tool may take longer than a minute, as a job.",
  tags,
  request: {
    params,
    headers: callHeaders,
    ...jsonBody(ReplayExecution),
  },
  responses: {
    200: callAnswer,
    202: jobAnswer,
    ...failures(...callFails, "cancelled", "connection_needs_auth"),
  },
});
const logs = createRoute({
  operationId: "listExecutionLogs",
  method: "get",
  path: "/{id}/logs",
  summary: "List what the server logged during an execution, oldest first",
  tags,
  request: { params, query: ExecutionLogQuery },
  responses: {
    200: answers(ExecutionLogPage, "Log lines"),
    ...failures("not_found", "forbidden", "invalid_input"),
  },
});

export const createActionRoutes = () =>
  createRouter()
    .openapi(stop, async (c) => {
      await stopExecution(c.get("ctx"), c.req.valid("param").id);
      return c.body(null, 202);
    })
    .openapi(resume, async (c) => {
      const { job, limits } = await resumeExecution(c.get("ctx"), c.req.valid("param").id, {
        idempotencyKey: c.req.valid("header")["idempotency-key"] ?? null,
      });
      const headers = { location: `/api/v1/jobs/${job.id}`, ...limitHeaders(limits) };
      return c.json(job, 202, headers);
    })
    .openapi(replay, async (c) => {
      const ctx = c.get("ctx");
      const call = await replayOf(ctx, c.req.valid("param").id, {
        ...c.req.valid("json"),
        idempotencyKey: c.req.valid("header")["idempotency-key"] ?? null,
      });
      return answerCall(ctx, { request: c.req.raw, ...call });
    })
    .openapi(logs, async (c) =>
      c.json(await listLogs(c.get("ctx"), c.req.valid("param").id, c.req.valid("query")), 200),
    );
