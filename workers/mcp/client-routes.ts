import { createRoute } from "@hono/zod-openapi";
import { McpClientPage, McpClientQuery } from "../../shared/contracts/clients";
import { answers, createRouter, failures } from "../platform/http";
import { listClients } from "./clients";

const list = createRoute({
  operationId: "listMcpClients",
  method: "get",
  path: "/",
  summary: "List the AI clients that have connected, last seen first",
  description:
    "One for each name under each key. A client that goes on moves to the front, so a later page may leave it out.",
  tags: ["MCP clients"],
  request: { query: McpClientQuery },
  responses: {
    200: answers(McpClientPage, "Clients"),
    ...failures("forbidden", "invalid_input"),
  },
});

export const createClientRoutes = () =>
  createRouter().openapi(list, async (c) =>
    c.json(await listClients(c.get("ctx"), c.req.valid("query")), 200),
  );
