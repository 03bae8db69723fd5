import { createRoute } from "@hono/zod-openapi";
import {
  ExecutionSeries,
  ExecutionSeriesQuery,
  ExecutionTop,
  ExecutionTopQuery,
} from "../../../shared/contracts/charts";
import { answers, createRouter, failures } from "../../platform/http";
import { seriesOfExecutions } from "./series";
import { topOfExecutions } from "./top";

const tags = ["Executions"];

const series = createRoute({
  operationId: "seriesOfExecutions",
  method: "get",
  path: "/series",
  summary: "Count executions over time",
  description:
    "A point for every minute, hour or day (UTC) the range touches, also where nothing happened, by the time executions began. Those under way are not counted yet. An answer has at most 400 points; minutes are kept for 2 days, hours for 100, days for ever.",
  tags,
  request: { query: ExecutionSeriesQuery },
  responses: {
    200: answers(ExecutionSeries, "The points, oldest first"),
    ...failures("forbidden", "not_found", "invalid_input"),
  },
});
const top = createRoute({
  operationId: "topOfExecutions",
  method: "get",
  path: "/top",
  summary: "List what was used most, or failed most",
  description:
    "Counts by tool, connection, actor (a person, or a client that acts for none) or error code. Where the range lies further back than minutes or hours are kept, its ends are rounded outwards.",
  tags,
  request: { query: ExecutionTopQuery },
  responses: {
    200: answers(ExecutionTop, "The most used first"),
    ...failures("forbidden", "invalid_input"),
  },
});

/** Before the routes of single executions: their paths are no ids. */
export const createChartRoutes = () =>
  createRouter()
    .openapi(series, async (c) =>
      c.json(await seriesOfExecutions(c.get("ctx"), c.req.valid("query")), 200),
    )
    .openapi(top, async (c) =>
      c.json(await topOfExecutions(c.get("ctx"), c.req.valid("query")), 200),
    );
