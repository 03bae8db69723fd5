import { createRoute, z } from "@hono/zod-openapi";
import { Connector, ConnectorPage, ConnectorQuery } from "../../../shared/contracts/connectors";
import { answers, createRouter, failures } from "../../platform/http";
import { getConnector, type ConfiguredApp } from "./get";
import { listConnectors } from "./list";

const tags = ["Connectors"];
const params = z.object({
  connector: z
    .string()
    .min(1)
    .max(100)
    .openapi({ param: { name: "connector", in: "path" }, description: "A connector's id" }),
});

const list = createRoute({
  operationId: "listConnectors",
  method: "get",
  path: "/",
  summary: "List what can be connected",
  tags,
  request: { query: ConnectorQuery },
  responses: { 200: answers(ConnectorPage, "Connectors"), ...failures("forbidden") },
});
const get = createRoute({
  operationId: "getConnector",
  method: "get",
  path: "/{connector}",
  summary: "Read what a connector asks for and how one signs in",
  tags,
  request: { params },
  responses: { 200: answers(Connector, "The connector"), ...failures("not_found", "forbidden") },
});

/** `redirectUriOf` and `configuredApp` come from credentials, which stands on the same floor. */
export const createConnectorRoutes = (apps: {
  redirectUriOf: (request: Request) => string;
  configuredApp: ConfiguredApp;
}) =>
  createRouter()
    .openapi(list, (c) => c.json(listConnectors(c.get("ctx"), c.req.valid("query")), 200))
    .openapi(get, async (c) =>
      c.json(
        await getConnector(c.get("ctx"), {
          id: c.req.valid("param").connector,
          redirectUri: apps.redirectUriOf(c.req.raw),
          configuredApp: apps.configuredApp,
        }),
        200,
      ),
    );
