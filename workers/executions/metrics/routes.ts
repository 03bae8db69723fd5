import { createRoute, z } from "@hono/zod-openapi";
import { createRouter, failures } from "../../platform/http";
import { readMetrics } from "./read";

const contentType = "text/plain; version=0.0.4; charset=utf-8";

const read = createRoute({
  operationId: "readMetrics",
  method: "get",
  path: "/",
  summary: "The team's counts for Prometheus",
  description:
    "Counters never go down. Let Prometheus come with an API key that has the scope `executions.read`.",
  tags: ["Executions"],
  responses: {
    200: {
      description: "The Prometheus text format",
      content: { "text/plain": { schema: z.string() } },
    },
    ...failures("forbidden"),
  },
});

export const createMetricsRoutes = () =>
  createRouter().openapi(read, async (c) =>
    c.text(await readMetrics(c.get("ctx")), 200, { "content-type": contentType }),
  );
