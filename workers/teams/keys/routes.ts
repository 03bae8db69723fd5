import { createRoute } from "@hono/zod-openapi";
import { PageQuery } from "../../../shared/contracts/pages";
import { ApiKeyPage, CreateApiKey, CreatedApiKey } from "../../../shared/contracts/teams";
import { answers, createRouter, failures, idParam, jsonBody } from "../../platform/http";
import { createApiKey } from "./create";
import { listApiKeys } from "./list";
import { revokeApiKey } from "./revoke";

const tags = ["API keys"];

const create = createRoute({
  operationId: "createApiKey",
  method: "post",
  path: "/",
  summary: "Make an API key of your own",
  description: "It may do what your role may do, over REST and at `/mcp`.",
  tags,
  request: jsonBody(CreateApiKey),
  responses: {
    201: answers(CreatedApiKey, "The key is shown only now"),
    ...failures("invalid_input", "forbidden", "conflict"),
  },
});
const list = createRoute({
  operationId: "listApiKeys",
  method: "get",
  path: "/",
  summary: "List API keys, newest first",
  description: "Your own; an owner or admin sees those of the whole team.",
  tags,
  request: { query: PageQuery },
  responses: {
    200: answers(ApiKeyPage, "The keys that are in force"),
    ...failures("invalid_input"),
  },
});
const revoke = createRoute({
  operationId: "revokeApiKey",
  method: "delete",
  path: "/{id}",
  summary: "Revoke an API key",
  description: "One of your own; an owner or admin may revoke any of the team. It holds at once.",
  tags,
  request: { params: idParam("An API key's id") },
  responses: { 204: { description: "Revoked" }, ...failures("not_found") },
});

export const createApiKeyRoutes = () =>
  createRouter()
    .openapi(create, async (c) =>
      c.json(await createApiKey(c.get("ctx"), c.req.valid("json")), 201),
    )
    .openapi(list, async (c) => c.json(await listApiKeys(c.get("ctx"), c.req.valid("query")), 200))
    .openapi(revoke, async (c) => {
      await revokeApiKey(c.get("ctx"), c.req.valid("param").id);
      return c.body(null, 204);
    });
