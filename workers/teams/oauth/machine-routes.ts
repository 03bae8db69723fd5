import { createRoute } from "@hono/zod-openapi";
import {
  CreateMachineClient,
  MachineClientPage,
  MachineClientSecret,
} from "../../../shared/contracts/grants";
import { pageQueryOf } from "../../../shared/contracts/pages";
import { answers, createRouter, failures, idParam, jsonBody } from "../../platform/http";
import {
  createMachineClient,
  deleteMachineClient,
  listMachineClients,
  rotateMachineClient,
} from "./machine-clients";

const tags = ["MCP clients"];
const params = idParam("A machine client's id");

const create = createRoute({
  operationId: "createMachineClient",
  method: "post",
  path: "/",
  summary: "Make a machine client",
  description:
    "It acts for the team and for no person. With its id and secret it gets tokens for one MCP endpoint at `/oauth/token` (client_credentials).",
  tags,
  request: jsonBody(CreateMachineClient),
  responses: {
    201: answers(MachineClientSecret, "The secret is shown only now"),
    ...failures("invalid_input", "forbidden", "not_found", "conflict", "second_factor_required"),
  },
});
const list = createRoute({
  operationId: "listMachineClients",
  method: "get",
  path: "/",
  summary: "List machine clients, newest first",
  tags,
  request: { query: pageQueryOf("mac") },
  responses: {
    200: answers(MachineClientPage, "Machine clients"),
    ...failures("invalid_input", "forbidden"),
  },
});
const rotate = createRoute({
  operationId: "rotateMachineClient",
  method: "post",
  path: "/{id}/rotate",
  summary: "Give a machine client a new secret",
  description: "The old one is refused at once, and so are the tokens made with it.",
  tags,
  request: { params },
  responses: {
    200: answers(MachineClientSecret, "The secret is shown only now"),
    ...failures("forbidden", "not_found", "second_factor_required"),
  },
});
const remove = createRoute({
  operationId: "deleteMachineClient",
  method: "delete",
  path: "/{id}",
  summary: "Delete a machine client",
  description: "Its tokens count for nothing from the next request on.",
  tags,
  request: { params },
  responses: { 204: { description: "Deleted" }, ...failures("forbidden", "not_found") },
});

export const createMachineClientRoutes = () =>
  createRouter()
    .openapi(create, async (c) =>
      c.json(await createMachineClient(c.get("ctx"), c.req.valid("json")), 201),
    )
    .openapi(list, async (c) =>
      c.json(await listMachineClients(c.get("ctx"), c.req.valid("query")), 200),
    )
    .openapi(rotate, async (c) =>
      c.json(await rotateMachineClient(c.get("ctx"), c.req.valid("param").id), 200),
    )
    .openapi(remove, async (c) => {
      await deleteMachineClient(c.get("ctx"), c.req.valid("param").id);
      return c.body(null, 204);
    });
