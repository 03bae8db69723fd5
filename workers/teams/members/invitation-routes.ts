import { createRoute } from "@hono/zod-openapi";
import { CreateInvitation, Invitation, InvitationPage } from "../../../shared/contracts/members";
import { pageQueryOf } from "../../../shared/contracts/pages";
import { answers, createRouter, failures, idParam, jsonBody } from "../../platform/http";
import { invite, resendInvitation } from "./invite";
import { listInvitations, withdrawInvitation } from "./invitations";

const tags = ["Members"];
const params = idParam("An invitation's id");

const list = createRoute({
  operationId: "listInvitations",
  method: "get",
  path: "/",
  summary: "List open invitations, newest first",
  tags,
  request: { query: pageQueryOf("inv") },
  responses: {
    200: answers(InvitationPage, "Invitations nobody has accepted yet"),
    ...failures("invalid_input", "forbidden"),
  },
});
const create = createRoute({
  operationId: "invite",
  method: "post",
  path: "/",
  summary: "Invite somebody by mail",
  description: "The link in the mail is good once, for seven days, for whoever has the address.",
  tags,
  request: jsonBody(CreateInvitation),
  responses: {
    201: answers(Invitation, "Invited"),
    ...failures("invalid_input", "forbidden", "conflict", "rate_limited"),
  },
});
const resend = createRoute({
  operationId: "resendInvitation",
  method: "post",
  path: "/{id}/resend",
  summary: "Send an invitation again",
  description: "With a new link, good for seven days from now; the older one is void.",
  tags,
  request: { params },
  responses: {
    200: answers(Invitation, "Sent"),
    ...failures("forbidden", "not_found", "rate_limited"),
  },
});
const withdraw = createRoute({
  operationId: "withdrawInvitation",
  method: "delete",
  path: "/{id}",
  summary: "Withdraw an invitation",
  tags,
  request: { params },
  responses: { 204: { description: "Withdrawn" }, ...failures("forbidden", "not_found") },
});

export const createInvitationRoutes = () =>
  createRouter()
    .openapi(list, async (c) =>
      c.json(await listInvitations(c.get("ctx"), c.req.valid("query")), 200),
    )
    .openapi(create, async (c) => {
      const origin = new URL(c.req.url).origin;
      return c.json(await invite(c.get("ctx"), origin, c.req.valid("json")), 201);
    })
    .openapi(resend, async (c) => {
      const origin = new URL(c.req.url).origin;
      return c.json(await resendInvitation(c.get("ctx"), origin, c.req.valid("param").id), 200);
    })
    .openapi(withdraw, async (c) => {
      await withdrawInvitation(c.get("ctx"), c.req.valid("param").id);
      return c.body(null, 204);
    });
