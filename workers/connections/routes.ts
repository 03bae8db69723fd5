import { createRoute } from "@hono/zod-openapi";
import {
  Connection,
  ConnectionPage,
  ConnectionQuery,
  ConnectionTest,
  CreateConnection,
  UpdateConnection,
} from "../../shared/contracts/connections";
import { ConnectionAccess } from "../../shared/contracts/members";
import { answers, createRouter, failures, idParam, jsonBody } from "../platform/http";
import { readAccess, setAccess } from "./access";
import { createConnection } from "./create";
import { deleteConnection, type Forget } from "./delete";
import { getConnection, listConnections } from "./list";
import { syncConnection, testConnection, type Snapshot } from "./sync";
import { updateConnection } from "./update";

const tags = ["Connections"];
const unreachable = [
  "outbound_refused",
  "upstream_unreachable",
  "upstream_unauthorized",
  "upstream_invalid",
  "upstream_error",
  "upstream_too_large",
  "upstream_timeout",
] as const;
const params = idParam("A connection's id or slug");

const create = createRoute({
  operationId: "createConnection",
  method: "post",
  path: "/",
  summary: "Connect an MCP server",
  description:
    "Finds out which protocol revision the server speaks and reads everything it offers. Nothing is stored when it cannot be reached, unless allowUnreachable is true.",
  tags,
  request: jsonBody(CreateConnection),
  responses: {
    201: answers(Connection, "Connected and synced"),
    ...failures("invalid_input", "forbidden", "conflict", ...unreachable),
  },
});
const list = createRoute({
  operationId: "listConnections",
  method: "get",
  path: "/",
  summary: "List connections, oldest first",
  tags,
  request: { query: ConnectionQuery },
  responses: { 200: answers(ConnectionPage, "Connections"), ...failures("forbidden") },
});
const get = createRoute({
  operationId: "getConnection",
  method: "get",
  path: "/{id}",
  summary: "Read a connection",
  tags,
  request: { params },
  responses: { 200: answers(Connection, "The connection"), ...failures("not_found", "forbidden") },
});
const update = createRoute({
  operationId: "updateConnection",
  method: "patch",
  path: "/{id}",
  summary: "Change, disable or enable a connection",
  description: "A new address, transport or credential is tried before anything is changed.",
  tags,
  request: { params, ...jsonBody(UpdateConnection) },
  responses: {
    200: answers(Connection, "The connection as it is now"),
    ...failures("invalid_input", "forbidden", "not_found", "conflict", ...unreachable),
  },
});
const remove = createRoute({
  operationId: "deleteConnection",
  method: "delete",
  path: "/{id}",
  summary: "Delete a connection, its tools and its credential",
  tags,
  request: { params },
  responses: { 204: { description: "Deleted" }, ...failures("not_found", "forbidden") },
});
const test = createRoute({
  operationId: "testConnection",
  method: "post",
  path: "/{id}/test",
  summary: "Try a connection with its stored credential",
  tags,
  request: { params },
  responses: {
    200: answers(ConnectionTest, "What was found"),
    ...failures("not_found", "forbidden"),
  },
});
const sync = createRoute({
  operationId: "syncConnection",
  method: "post",
  path: "/{id}/sync",
  summary: "Read anew everything the server offers",
  tags,
  request: { params },
  responses: {
    200: answers(Connection, "The connection as it is now"),
    ...failures("not_found", "forbidden", "connection_disabled", ...unreachable),
  },
});

const access = createRoute({
  operationId: "getConnectionAccess",
  method: "get",
  path: "/{id}/access",
  summary: "Read who may use a connection",
  tags,
  request: { params },
  responses: {
    200: answers(ConnectionAccess, "Who may use it"),
    ...failures("not_found", "forbidden"),
  },
});
const restrict = createRoute({
  operationId: "setConnectionAccess",
  method: "put",
  path: "/{id}/access",
  summary: "Set who may use a connection",
  description:
    "It holds at once. Whoever may configure connections uses it whatever it says. For everybody else who is not named it does not exist.",
  tags,
  request: { params, ...jsonBody(ConnectionAccess) },
  responses: {
    200: answers(ConnectionAccess, "Who may use it now"),
    ...failures("invalid_input", "not_found", "forbidden", "conflict"),
  },
});

/** `snapshot` and `forget` come from the floor above: what a connection offers is not this feature's. */
export const createConnectionRoutes = (tools: { snapshot: Snapshot; forget: Forget }) =>
  createRouter()
    .openapi(create, async (c) =>
      c.json(await createConnection(c.get("ctx"), c.req.valid("json"), tools.snapshot), 201),
    )
    .openapi(list, async (c) =>
      c.json(await listConnections(c.get("ctx"), c.req.valid("query")), 200),
    )
    .openapi(get, async (c) =>
      c.json(await getConnection(c.get("ctx"), c.req.valid("param").id), 200),
    )
    .openapi(update, async (c) => {
      const { id } = c.req.valid("param");
      return c.json(
        await updateConnection(c.get("ctx"), id, c.req.valid("json"), tools.snapshot),
        200,
      );
    })
    .openapi(remove, async (c) => {
      await deleteConnection(c.get("ctx"), c.req.valid("param").id, tools.forget);
      return c.body(null, 204);
    })
    .openapi(access, async (c) =>
      c.json(await readAccess(c.get("ctx"), c.req.valid("param").id), 200),
    )
    .openapi(restrict, async (c) =>
      c.json(await setAccess(c.get("ctx"), c.req.valid("param").id, c.req.valid("json")), 200),
    )
    .openapi(test, async (c) =>
      c.json(await testConnection(c.get("ctx"), c.req.valid("param").id), 200),
    )
    .openapi(sync, async (c) =>
      c.json(await syncConnection(c.get("ctx"), c.req.valid("param").id, tools.snapshot), 200),
    );
