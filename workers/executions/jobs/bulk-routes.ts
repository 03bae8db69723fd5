import { createRoute } from "@hono/zod-openapi";
import { BulkJobs, BulkJobsDone } from "../../../shared/contracts/jobs";
import { answers, createRouter, failures, jsonBody } from "../../platform/http";
import { bulkJobs } from "./bulk";

const bulk = createRoute({
  operationId: "bulkJobs",
  method: "post",
  path: "/bulk",
  summary: "Cancel or retry many jobs",
  description:
    "Those that are named, or those a filter keeps; your own, or with `executions.manage` anybody's. What it cannot be done to is passed over. One request takes up to 500: where `more` is true, ask once more. With `preview` they are only counted.",
  tags: ["Jobs"],
  request: jsonBody(BulkJobs),
  responses: {
    200: answers(BulkJobsDone, "How many it was done to"),
    ...failures("invalid_input", "forbidden", "not_found"),
  },
});

export const createBulkJobRoutes = () =>
  createRouter().openapi(bulk, async (c) =>
    c.json(await bulkJobs(c.get("ctx"), c.req.valid("json")), 200),
  );
