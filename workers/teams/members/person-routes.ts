import { createRoute } from "@hono/zod-openapi";
import {
  CreatedTeam,
  CreateTeam,
  JoinedTeam,
  MyInvitations,
  OpenInvitation,
} from "../../../shared/contracts/members";
import { answers, failures, idParam, jsonBody } from "../../platform/http";
import { createPersonRouter } from "../identity/person-router";
import { acceptById, acceptByToken, listMyInvitations } from "./accept";
import { createTeam, type TeamKeys } from "./create-team";

const tags = ["Your account"];

const list = createRoute({
  operationId: "listMyInvitations",
  method: "get",
  path: "/",
  summary: "List the open invitations for your email address",
  description: "For people who signed in. The address must be confirmed.",
  tags,
  responses: {
    200: answers(MyInvitations, "Invitations you can accept"),
    ...failures("forbidden"),
  },
});
const acceptToken = createRoute({
  operationId: "joinTeam",
  method: "post",
  path: "/",
  summary: "Accept an invitation with the secret of its link",
  description:
    "For people who signed in with the invited email address. The session moves to the team.",
  tags,
  request: jsonBody(OpenInvitation),
  responses: {
    200: answers(JoinedTeam, "You belong to the team"),
    ...failures("invalid_input", "forbidden", "conflict", "link_used", "link_expired"),
  },
});
const acceptOwn = createRoute({
  operationId: "acceptMyInvitation",
  method: "post",
  path: "/{id}/accept",
  summary: "Accept one of the invitations for your email address",
  description: "The session moves to the team.",
  tags,
  request: { params: idParam("An invitation's id") },
  responses: {
    200: answers(JoinedTeam, "You belong to the team"),
    ...failures("forbidden", "not_found", "conflict", "link_used", "link_expired"),
  },
});

/** At `/api/v1/account/invitations`. */
export const createMyInvitationRoutes = () =>
  createPersonRouter()
    .openapi(list, async (c) => c.json(await listMyInvitations(c.get("person")), 200))
    .openapi(acceptToken, async (c) => {
      const person = c.get("person");
      return c.json(await acceptByToken(person, c.req.valid("json").token), 200);
    })
    .openapi(acceptOwn, async (c) => {
      const person = c.get("person");
      return c.json(await acceptById(person, c.req.valid("param").id), 200);
    });

const create = createRoute({
  operationId: "createTeam",
  method: "post",
  path: "/",
  summary: "Make a team of your own",
  description: "For people who signed in. You are its owner, and the session moves to it.",
  tags,
  request: jsonBody(CreateTeam),
  responses: {
    201: answers(CreatedTeam, "The team"),
    ...failures("invalid_input", "forbidden", "conflict"),
  },
});

/** At `/api/v1/teams`. The keys are handed in: credentials/ stands on the same floor. */
export const createTeamsRoutes = (keys: TeamKeys) =>
  createPersonRouter().openapi(create, async (c) => {
    const person = c.get("person");
    return c.json(await createTeam(person, c.req.valid("json"), keys), 201);
  });
