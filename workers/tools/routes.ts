import { createRoute } from "@hono/zod-openapi";
import { AcceptTool, Tool, ToolPage, ToolQuery, UpdateTool } from "../../shared/contracts/tools";
import { answers, createRouter, failures, idParam, jsonBody } from "../platform/http";
import { getTool, listTools } from "./list";
import { acceptTool, updateTool } from "./update";

const tags = ["Tools"];
const params = idParam("A tool's id, or its name at `/mcp`");

const list = createRoute({
  operationId: "listTools",
  method: "get",
  path: "/",
  summary: "List and search tools, by their names at `/mcp`",
  tags,
  request: { query: ToolQuery },
  responses: { 200: answers(ToolPage, "Tools of all connections"), ...failures("forbidden") },
});
const get = createRoute({
  operationId: "getTool",
  method: "get",
  path: "/{id}",
  summary: "Read a tool",
  tags,
  request: { params },
  responses: { 200: answers(Tool, "The tool"), ...failures("not_found", "forbidden") },
});
const update = createRoute({
  operationId: "updateTool",
  method: "patch",
  path: "/{id}",
  summary: "Set a tool's time limit",
  tags,
  request: { params, ...jsonBody(UpdateTool) },
  responses: {
    200: answers(Tool, "The tool as it is now"),
    ...failures("invalid_input", "not_found", "forbidden"),
  },
});
const accept = createRoute({
  operationId: "acceptTool",
  method: "post",
  path: "/{id}/accept",
  summary: "Accept the change of a quarantined tool",
  description: "Name the hash of the definition you looked at, from the tool's `pending`.",
  tags,
  request: { params, ...jsonBody(AcceptTool) },
  responses: {
    200: answers(Tool, "The tool, available again"),
    ...failures("invalid_input", "not_found", "forbidden", "conflict"),
  },
});

export const createToolRoutes = () =>
  createRouter()
    .openapi(list, async (c) => c.json(await listTools(c.get("ctx"), c.req.valid("query")), 200))
    .openapi(get, async (c) => c.json(await getTool(c.get("ctx"), c.req.valid("param").id), 200))
    .openapi(update, async (c) => {
      const { id } = c.req.valid("param");
      return c.json(await updateTool(c.get("ctx"), id, c.req.valid("json")), 200);
    })
    .openapi(accept, async (c) => {
      const { id } = c.req.valid("param");
      return c.json(await acceptTool(c.get("ctx"), id, c.req.valid("json").hash), 200);
    });
