import { createRoute } from "@hono/zod-openapi";
import { DeleteTeam, Team, UpdateTeam } from "../../../shared/contracts/members";
import { answers, createRouter, failures, jsonBody } from "../../platform/http";
import { deleteTeam, type Destroy } from "./delete-team";
import { getTeam, updateTeam } from "./team";

const tags = ["Team"];

const get = createRoute({
  operationId: "getTeam",
  method: "get",
  path: "/",
  summary: "Read your team",
  tags,
  responses: { 200: answers(Team, "The team"), ...failures() },
});
const update = createRoute({
  operationId: "updateTeam",
  method: "patch",
  path: "/",
  summary: "Rename the team, or change its policy",
  tags,
  request: jsonBody(UpdateTeam),
  responses: {
    200: answers(Team, "The team as it is now"),
    ...failures("invalid_input", "forbidden", "second_factor_required"),
  },
});
const remove = createRoute({
  operationId: "deleteTeam",
  method: "delete",
  path: "/",
  summary: "Delete the team and everything it has",
  description:
    "For good: its connections, executions, keys and audit log go, and the key its credentials are sealed with is destroyed. The body repeats the team's name.",
  tags,
  request: jsonBody(DeleteTeam),
  responses: {
    204: { description: "Deleted" },
    ...failures("invalid_input", "forbidden", "second_factor_required"),
  },
});

/** `destroy` comes from the floors around: what a team has beside its rows is not this feature's. */
export const createTeamRoutes = (destroy: Destroy) =>
  createRouter()
    .openapi(get, async (c) => c.json(await getTeam(c.get("ctx")), 200))
    .openapi(update, async (c) => c.json(await updateTeam(c.get("ctx"), c.req.valid("json")), 200))
    .openapi(remove, async (c) => {
      await deleteTeam(c.get("ctx"), c.req.valid("json").name, destroy);
      return c.body(null, 204);
    });
