import { createRoute, z } from "@hono/zod-openapi";
import { OAuthApp, OAuthAppPage, PutOAuthApp } from "../../../shared/contracts/connectors";
import { pageQueryByConnector } from "../../../shared/contracts/pages";
import { answers, createRouter, failures, jsonBody } from "../../platform/http";
import { deleteOAuthApp, getOAuthApp, listOAuthApps, putOAuthApp } from "./apps";
import { redirectUriOf } from "./redirect-uri";

const tags = ["OAuth apps"];
const params = z.object({
  connector: z
    .string()
    .min(1)
    .max(60)
    .openapi({ param: { name: "connector", in: "path" }, description: "A connector's id" }),
});

const list = createRoute({
  operationId: "listOAuthApps",
  method: "get",
  path: "/",
  summary: "List the OAuth apps people sign in through",
  description: "The team's own, and the deployment's where the team has none. No secret is told.",
  tags,
  request: { query: pageQueryByConnector },
  responses: { 200: answers(OAuthAppPage, "By connector"), ...failures("forbidden") },
});
const get = createRoute({
  operationId: "getOAuthApp",
  method: "get",
  path: "/{connector}",
  summary: "Read the OAuth app of a connector",
  tags,
  request: { params },
  responses: { 200: answers(OAuthApp, "The app"), ...failures("forbidden", "not_found") },
});
const put = createRoute({
  operationId: "putOAuthApp",
  method: "put",
  path: "/{connector}",
  summary: "Store the team's own OAuth app for a connector",
  description:
    "Connections that exist are renewed with it from then on. Where it has another client id, the vendor may refuse to renew tokens it gave to the app before: those connections then ask to be signed in again.",
  tags,
  request: { params, ...jsonBody(PutOAuthApp) },
  responses: {
    200: answers(OAuthApp, "The app as it is now"),
    ...failures("invalid_input", "forbidden", "not_found", "conflict"),
  },
});
const remove = createRoute({
  operationId: "deleteOAuthApp",
  method: "delete",
  path: "/{connector}",
  summary: "Delete the team's own OAuth app for a connector",
  description: "Refused while connections sign in with it. The deployment's, if any, is used then.",
  tags,
  request: { params },
  responses: {
    204: { description: "Deleted" },
    ...failures("forbidden", "not_found", "conflict"),
  },
});

export const createOAuthAppRoutes = () =>
  createRouter()
    .openapi(list, async (c) => {
      const uri = redirectUriOf(c.req.raw);
      return c.json(await listOAuthApps(c.get("ctx"), c.req.valid("query"), uri), 200);
    })
    .openapi(get, async (c) => {
      const { connector } = c.req.valid("param");
      const asked = { connector, redirectUri: redirectUriOf(c.req.raw) };
      return c.json(await getOAuthApp(c.get("ctx"), asked), 200);
    })
    .openapi(put, async (c) => {
      const { connector } = c.req.valid("param");
      const asked = { connector, redirectUri: redirectUriOf(c.req.raw) };
      return c.json(await putOAuthApp(c.get("ctx"), c.req.valid("json"), asked), 200);
    })
    .openapi(remove, async (c) => {
      await deleteOAuthApp(c.get("ctx"), c.req.valid("param").connector);
      return c.body(null, 204);
    });
