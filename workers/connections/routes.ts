import { createRoute } from "@hono/zod-openapi";
import {
  Connection,
  ConnectionExport,
  ConnectionImport,
  ConnectionPage,
  ConnectionQuery,
  ConnectionRevoked,
  ConnectionTest,
  CreateConnection,
  UpdateConnection,
} from "../../shared/contracts/connections";
import { ConnectionAccess } from "../../shared/contracts/members";
import { pageQueryOf } from "../../shared/contracts/pages";
import {
  answers,
  createRouter,
  failures,
  idParam,
  jsonBody,
  upstreamFails,
} from "../platform/http";
import { readAccess, setAccess } from "./access";
import { createConnection } from "./create";
import { deleteConnection, type Forget } from "./delete";
import { exportConnections } from "./export";
import { importConnections } from "./import";
import { getConnection, listConnections } from "./list";
import { refreshConnection } from "./refresh";
import { revokeConnection } from "./revoke";
import { rotateConnection } from "./rotate";
import { syncConnection, type Snapshot } from "./sync";
import { testConnection } from "./test";
import { updateConnection } from "./update";

const tags = ["Connections"];
const params = idParam("A connection's id or slug");

const create = createRoute({
  operationId: "createConnection",
  method: "post",
  path: "/",
  summary: "Connect an MCP server, or a vendor with a credential",
  description:
    "A server is asked for everything it offers, a vendor gets the one request its connector names. Nothing is stored when that fails, unless allowUnreachable is true. Where a person signs in at the vendor's own page, begin with `POST /api/v1/connect-flows`.",
  tags,
  request: jsonBody(CreateConnection),
  responses: {
    201: answers(Connection, "Connected and synced"),
    ...failures("invalid_input", "forbidden", "conflict", ...upstreamFails),
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
const exporting = createRoute({
  operationId: "exportConnections",
  method: "get",
  path: "/export",
  summary: "Export the team's connections without secrets",
  description:
    "What it takes to set them up elsewhere, at most 500 at once. No credential and no token is in it, and nothing that belongs to one person.",
  tags,
  request: { query: pageQueryOf("con").pick({ cursor: true }) },
  responses: { 200: answers(ConnectionExport, "The export"), ...failures("forbidden") },
});
const importing = createRoute({
  operationId: "importConnections",
  method: "post",
  path: "/import",
  summary: "Set up connections of an export",
  description:
    "Each is pending until somebody signs in. What has a name that is taken, or cannot be set up here, is skipped with the reason.",
  tags,
  request: jsonBody(ConnectionExport),
  responses: {
    200: answers(ConnectionImport, "What was set up, and what was not"),
    ...failures("invalid_input", "forbidden"),
  },
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
    ...failures(
      "invalid_input",
      "forbidden",
      "not_found",
      "conflict",
      "connection_needs_auth",
      ...upstreamFails,
    ),
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
    ...failures(
      "not_found",
      "forbidden",
      "connection_disabled",
      "connection_needs_auth",
      ...upstreamFails,
    ),
  },
});

const refresh = createRoute({
  operationId: "refreshConnection",
  method: "post",
  path: "/{id}/refresh",
  summary: "Get a new token for a connection now",
  description: "The hub does so by itself before a token ends. Calls go on meanwhile.",
  tags,
  request: { params },
  responses: {
    200: answers(Connection, "The connection as it is now"),
    ...failures("not_found", "forbidden", "conflict", "connection_needs_auth", ...upstreamFails),
  },
});
const rotate = createRoute({
  operationId: "rotateConnection",
  method: "post",
  path: "/{id}/rotate",
  summary: "Have the vendor make a new credential",
  description:
    "For vendors that make one when a program asks. The old one is dead from then on, and calls use the new one. `conflict` where the vendor cannot be asked.",
  tags,
  request: { params },
  responses: {
    200: answers(Connection, "The connection as it is now"),
    ...failures("not_found", "forbidden", "conflict", "connection_needs_auth", ...upstreamFails),
  },
});
const revoke = createRoute({
  operationId: "revokeConnection",
  method: "post",
  path: "/{id}/revoke",
  summary: "Take a connection's access back",
  description:
    "Its credential is destroyed, and the vendor is told where it can be. The connection keeps its tools and policies and runs nothing until somebody signs in again.",
  tags,
  request: { params },
  responses: {
    200: answers(ConnectionRevoked, "Taken back"),
    ...failures("not_found", "forbidden"),
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
    // Before the routes of one connection, whose id they would be taken for.
    .openapi(exporting, async (c) =>
      c.json(await exportConnections(c.get("ctx"), c.req.valid("query").cursor), 200),
    )
    .openapi(importing, async (c) =>
      c.json(await importConnections(c.get("ctx"), c.req.valid("json")), 200),
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
    .openapi(refresh, async (c) =>
      c.json(await refreshConnection(c.get("ctx"), c.req.valid("param").id), 200),
    )
    .openapi(rotate, async (c) =>
      c.json(await rotateConnection(c.get("ctx"), c.req.valid("param").id), 200),
    )
    .openapi(revoke, async (c) =>
      c.json(await revokeConnection(c.get("ctx"), c.req.valid("param").id), 200),
    )
    .openapi(sync, async (c) =>
      c.json(await syncConnection(c.get("ctx"), c.req.valid("param").id, tools.snapshot), 200),
    );
