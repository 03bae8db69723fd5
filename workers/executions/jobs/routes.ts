import { createRoute, z } from "@hono/zod-openapi";
import {
  CreatedJob,
  CreateJob,
  Job,
  JobDetail,
  JobEventPage,
  JobEventQuery,
  JobPage,
  JobQuery,
} from "../../../shared/contracts/jobs";
import { limitHeaders } from "../../limits";
import { answers, createRouter, failures, idParam, jsonBody } from "../../platform/http";
import { idempotencyHeader } from "../call-routes";
import { cancelJob } from "./cancel";
import { createJob } from "./create";
import { listJobEvents } from "./events";
import { getJob } from "./get";
import { listJobs } from "./list";
import { retryJob } from "./retry";

const tags = ["Jobs"];
const params = idParam("A job's id");

const create = createRoute({
  operationId: "createJob",
  method: "post",
  path: "/",
  summary: "Run a tool as a job",
  description:
    "The call is checked, authorised and limited now, and answered with its job; its tool runs later. A job pays its limits once: its further attempts are free.",
  tags,
  request: {
    headers: z.object({ "idempotency-key": idempotencyHeader }),
    ...jsonBody(CreateJob),
  },
  responses: {
    202: {
      ...answers(CreatedJob, "The job"),
      headers: z.object({ Location: z.string().describe("Where the job is read") }),
    },
    ...failures(
      "invalid_input",
      "invalid_arguments",
      "outbound_refused",
      "forbidden",
      "not_found",
      "tool_quarantined",
      "connection_disabled",
      "connection_needs_auth",
      "idempotency_mismatch",
      "payload_too_large",
      "rate_limited",
      "overloaded",
      "unavailable",
    ),
  },
});
const list = createRoute({
  operationId: "listJobs",
  method: "get",
  path: "/",
  summary: "List jobs, newest first",
  description:
    "Your own; with `executions.read` or `executions.manage`, those of everybody. A page looks at a bounded number of jobs: under a filter that keeps few it may be short or empty and yet have a `nextCursor`.",
  tags,
  request: { query: JobQuery },
  responses: {
    200: answers(JobPage, "Jobs"),
    ...failures("forbidden", "invalid_input", "not_found"),
  },
});
const get = createRoute({
  operationId: "getJob",
  method: "get",
  path: "/{id}",
  summary: "Read a job with its arguments and its result",
  tags,
  request: { params },
  responses: { 200: answers(JobDetail, "The job"), ...failures("not_found", "forbidden") },
});
const events = createRoute({
  operationId: "listJobEvents",
  method: "get",
  path: "/{id}/events",
  summary: "List what happened to a job and in its attempts, oldest first",
  tags,
  request: { params, query: JobEventQuery },
  responses: {
    200: answers(JobEventPage, "Events"),
    ...failures("not_found", "forbidden", "invalid_input"),
  },
});
const cancel = createRoute({
  operationId: "cancelJob",
  method: "post",
  path: "/{id}/cancel",
  summary: "Cancel a job",
  description:
    "One that waits ends at once. One that runs is `cancelled` as soon as its server was told; whether it took effect is not known. Somebody else's needs `executions.manage`.",
  tags,
  request: { params },
  responses: {
    200: answers(Job, "The job as it is now"),
    ...failures("not_found", "forbidden", "conflict"),
  },
});
const retry = createRoute({
  operationId: "retryJob",
  method: "post",
  path: "/{id}/retry",
  summary: "Run a job that did not succeed once more",
  description:
    "As the same job, and for nothing; while its arguments are kept, and ten times at most. Somebody else's needs `executions.manage`.",
  tags,
  request: { params },
  responses: {
    200: answers(Job, "The job as it is now"),
    ...failures("not_found", "forbidden", "conflict"),
  },
});

export const createJobRoutes = () =>
  createRouter()
    .openapi(create, async (c) => {
      const idempotencyKey = c.req.valid("header")["idempotency-key"] ?? null;
      const { job, limits } = await createJob(c.get("ctx"), c.req.valid("json"), {
        idempotencyKey,
      });
      const headers = { location: `/api/v1/jobs/${job.id}`, ...limitHeaders(limits) };
      return c.json(job, 202, headers);
    })
    .openapi(list, async (c) => c.json(await listJobs(c.get("ctx"), c.req.valid("query")), 200))
    .openapi(get, async (c) => c.json(await getJob(c.get("ctx"), c.req.valid("param").id), 200))
    .openapi(events, async (c) =>
      c.json(await listJobEvents(c.get("ctx"), c.req.valid("param").id, c.req.valid("query")), 200),
    )
    .openapi(cancel, async (c) =>
      c.json(await cancelJob(c.get("ctx"), c.req.valid("param").id), 200),
    )
    .openapi(retry, async (c) =>
      c.json(await retryJob(c.get("ctx"), c.req.valid("param").id), 200),
    );
