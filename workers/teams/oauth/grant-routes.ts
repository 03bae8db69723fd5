import { createRoute } from "@hono/zod-openapi";
import { ClientGrantPage } from "../../../shared/contracts/grants";
import { pageQueryOf } from "../../../shared/contracts/pages";
import { answers, createRouter, failures, idParam } from "../../platform/http";
import { cutOff } from "./cut-off";
import { listGrants } from "./list-grants";

const tags = ["MCP clients"];

const list = createRoute({
  operationId: "listClientGrants",
  method: "get",
  path: "/",
  summary: "List the AI clients that are let in, newest first",
  description: "Those you let in yourself; whoever manages clients sees those of the whole team.",
  tags,
  request: { query: pageQueryOf("gra") },
  responses: { 200: answers(ClientGrantPage, "Grants"), ...failures("invalid_input") },
});
const end = createRoute({
  operationId: "deleteClientGrant",
  method: "delete",
  path: "/{id}",
  summary: "Cut an AI client off",
  description: "Its tokens count for nothing from the next request on.",
  tags,
  request: { params: idParam("A grant's id") },
  responses: { 204: { description: "Cut off" }, ...failures("not_found") },
});

export const createGrantRoutes = () =>
  createRouter()
    .openapi(list, async (c) => c.json(await listGrants(c.get("ctx"), c.req.valid("query")), 200))
    .openapi(end, async (c) => {
      await cutOff(c.get("ctx"), c.req.raw, c.req.valid("param").id);
      return c.body(null, 204);
    });
