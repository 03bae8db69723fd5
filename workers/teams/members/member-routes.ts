import { createRoute } from "@hono/zod-openapi";
import {
  TeamMember,
  TeamMemberPage,
  TeamMemberQuery,
  UpdateMember,
} from "../../../shared/contracts/members";
import { answers, createRouter, failures, idParam, jsonBody } from "../../platform/http";
import type { Context } from "../../platform/context";
import { changeRole } from "./change-role";
import { listMembers } from "./list";
import { removeMember } from "./remove";

const tags = ["Members"];
const params = idParam("A person's id");

const list = createRoute({
  operationId: "listMembers",
  method: "get",
  path: "/",
  summary: "List the members of the team, by their ids",
  tags,
  request: { query: TeamMemberQuery },
  responses: {
    200: answers(TeamMemberPage, "Members"),
    ...failures("invalid_input", "forbidden"),
  },
});
const update = createRoute({
  operationId: "changeMemberRole",
  method: "patch",
  path: "/{id}",
  summary: "Give a member another role",
  description:
    "Nobody gives more than they have, and only owners make owners or change them. The last owner stays one.",
  tags,
  request: { params, ...jsonBody(UpdateMember) },
  responses: {
    200: answers(TeamMember, "The member as they are now"),
    ...failures("invalid_input", "forbidden", "not_found", "conflict"),
  },
});
const remove = createRoute({
  operationId: "removeMember",
  method: "delete",
  path: "/{id}",
  summary: "Remove a member, or leave the team",
  description:
    "Their keys, sessions in the team and AI clients are cut off at once. Everybody may remove themselves; the last owner cannot.",
  tags,
  request: { params },
  responses: {
    204: { description: "Removed" },
    ...failures("forbidden", "not_found", "conflict"),
  },
});

/** What is to be done once somebody has left, besides what this feature knows of. */
export type AfterLeaving = (ctx: Context, personId: string) => Promise<void>;

export const createMemberRoutes = (afterLeaving: AfterLeaving) =>
  createRouter()
    .openapi(list, async (c) => c.json(await listMembers(c.get("ctx"), c.req.valid("query")), 200))
    .openapi(update, async (c) => {
      const { id } = c.req.valid("param");
      return c.json(await changeRole(c.get("ctx"), id, c.req.valid("json").role), 200);
    })
    .openapi(remove, async (c) => {
      const [ctx, { id }] = [c.get("ctx"), c.req.valid("param")];
      await removeMember(ctx, id);
      ctx.waitUntil(afterLeaving(ctx, id));
      return c.body(null, 204);
    });
