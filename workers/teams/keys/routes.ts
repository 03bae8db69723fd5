import { createRoute } from "@hono/zod-openapi";
import { pageQueryOf } from "../../../shared/contracts/pages";
import {
  ApiKey,
  ApiKeyPage,
  CreateApiKey,
  CreatedApiKey,
  RotateApiKey,
  UpdateApiKey,
} from "../../../shared/contracts/teams";
import { answers, createRouter, failures, idParam, jsonBody } from "../../platform/http";
import { createApiKey } from "./create";
import { listApiKeys } from "./list";
import { readApiKeyOf } from "./read";
import { revokeApiKey } from "./revoke";
import { rotateApiKey } from "./rotate";
import { updateApiKey } from "./update";

const tags = ["API keys"];

const create = createRoute({
  operationId: "createApiKey",
  method: "post",
  path: "/",
  summary: "Make an API key of your own",
  description:
    "It may do what your role may do, over REST and at `/mcp`, or what of that you name as `scopes`. Made with another key, it is never wider than that key.",
  tags,
  request: jsonBody(CreateApiKey),
  responses: {
    201: answers(CreatedApiKey, "The key is shown only now"),
    ...failures("invalid_input", "forbidden", "second_factor_required", "conflict"),
  },
});
const list = createRoute({
  operationId: "listApiKeys",
  method: "get",
  path: "/",
  summary: "List API keys, newest first",
  description: "Your own; an owner or admin sees those of the whole team.",
  tags,
  request: { query: pageQueryOf("key") },
  responses: {
    200: answers(ApiKeyPage, "The keys that are in force"),
    ...failures("invalid_input"),
  },
});
const read = createRoute({
  operationId: "getApiKey",
  method: "get",
  path: "/{id}",
  summary: "Read an API key",
  tags,
  request: { params: idParam("An API key's id") },
  responses: { 200: answers(ApiKey, "The key, without its secret"), ...failures("not_found") },
});
const update = createRoute({
  operationId: "updateApiKey",
  method: "patch",
  path: "/{id}",
  summary: "Change an API key of your own",
  description: "Its name, what it may do, and from where. It holds from the next request on.",
  tags,
  request: { params: idParam("An API key's id"), ...jsonBody(UpdateApiKey) },
  responses: {
    200: answers(ApiKey, "The key as it is now"),
    ...failures("invalid_input", "forbidden", "second_factor_required", "not_found"),
  },
});
const rotate = createRoute({
  operationId: "rotateApiKey",
  method: "post",
  path: "/{id}/rotate",
  summary: "Replace an API key of your own",
  description:
    "Makes a new key with the same name, scopes, addresses and lifetime. The old one goes on for the overlap, a day unless told.",
  tags,
  request: { params: idParam("An API key's id"), ...jsonBody(RotateApiKey) },
  responses: {
    201: answers(CreatedApiKey, "The new key is shown only now"),
    ...failures("invalid_input", "forbidden", "second_factor_required", "not_found", "conflict"),
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
    .openapi(read, async (c) =>
      c.json(await readApiKeyOf(c.get("ctx"), c.req.valid("param").id), 200),
    )
    .openapi(update, async (c) =>
      c.json(await updateApiKey(c.get("ctx"), c.req.valid("param").id, c.req.valid("json")), 200),
    )
    .openapi(rotate, async (c) =>
      c.json(await rotateApiKey(c.get("ctx"), c.req.valid("param").id, c.req.valid("json")), 201),
    )
    .openapi(revoke, async (c) => {
      await revokeApiKey(c.get("ctx"), c.req.valid("param").id);
      return c.body(null, 204);
    });
