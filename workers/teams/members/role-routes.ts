import { createRoute } from "@hono/zod-openapi";
import { CreateRole, TeamRole, TeamRoles, UpdateRole } from "../../../shared/contracts/members";
import { answers, createRouter, failures, idParam, jsonBody } from "../../platform/http";
import { createRole } from "./create-role";
import { deleteRole } from "./delete-role";
import { listRoles } from "./list-roles";
import { updateRole } from "./update-role";

const tags = ["Members"];
const params = idParam("The id of one of the team's own roles");

const list = createRoute({
  operationId: "listRoles",
  method: "get",
  path: "/",
  summary: "List the roles: those every team has, then the team's own",
  tags,
  responses: { 200: answers(TeamRoles, "Roles and what each may do"), ...failures("forbidden") },
});
const create = createRoute({
  operationId: "createRole",
  method: "post",
  path: "/",
  summary: "Make a role of the team's own",
  description: "Made of permissions you have yourself.",
  tags,
  request: jsonBody(CreateRole),
  responses: {
    201: answers(TeamRole, "The role"),
    ...failures("invalid_input", "forbidden", "conflict"),
  },
});
const update = createRoute({
  operationId: "updateRole",
  method: "patch",
  path: "/{id}",
  summary: "Change a role of the team's own",
  description: "It holds for its members at once.",
  tags,
  request: { params, ...jsonBody(UpdateRole) },
  responses: {
    200: answers(TeamRole, "The role as it is now"),
    ...failures("invalid_input", "forbidden", "not_found", "conflict"),
  },
});
const remove = createRoute({
  operationId: "deleteRole",
  method: "delete",
  path: "/{id}",
  summary: "Delete a role of the team's own that nobody has",
  tags,
  request: { params },
  responses: {
    204: { description: "Deleted" },
    ...failures("forbidden", "not_found", "conflict"),
  },
});

export const createRoleRoutes = () =>
  createRouter()
    .openapi(list, async (c) => c.json(await listRoles(c.get("ctx")), 200))
    .openapi(create, async (c) => c.json(await createRole(c.get("ctx"), c.req.valid("json")), 201))
    .openapi(update, async (c) => {
      const { id } = c.req.valid("param");
      return c.json(await updateRole(c.get("ctx"), id, c.req.valid("json")), 200);
    })
    .openapi(remove, async (c) => {
      await deleteRole(c.get("ctx"), c.req.valid("param").id);
      return c.body(null, 204);
    });
