import { createRoute } from "@hono/zod-openapi";
import {
  AcceptInvitation,
  OpenInvitation,
  ShownInvitation,
} from "../../../shared/contracts/members";
import { SignedIn } from "../../../shared/contracts/teams";
import { answers, createRouter, failures, jsonBody } from "../../platform/http";
import { askingOf } from "../authenticate";
import { sessionCookie } from "../session-cookie";
import { visitOf } from "../visit";
import { acceptAsNew } from "./accept-as-new";
import { showInvitation } from "./show-invitation";

const tags = ["Signing in"];

const show = createRoute({
  operationId: "showInvitation",
  method: "post",
  path: "/",
  summary: "Read what an invitation is for",
  tags,
  security: [],
  request: jsonBody(OpenInvitation),
  responses: {
    200: answers(ShownInvitation, "Team, role, and who invites"),
    ...failures("link_expired", "link_used", "invalid_input"),
  },
});
const accept = createRoute({
  operationId: "acceptInvitation",
  method: "post",
  path: "/accept",
  summary: "Accept an invitation by making an account",
  description:
    "For whoever has none yet. Answers with a session, in the cookie `__Host-plugboard`. Who has an account signs in and accepts then.",
  tags,
  security: [],
  request: jsonBody(AcceptInvitation),
  responses: {
    200: answers(SignedIn, "Signed in, as a member of the team"),
    ...failures("link_expired", "link_used", "conflict", "invalid_input"),
  },
});

/** At `/api/auth/invitation`. */
export const createInvitationSignInRoutes = () =>
  createRouter()
    .openapi(show, async (c) =>
      c.json(await showInvitation(askingOf(c), c.req.valid("json").token), 200),
    )
    .openapi(accept, async (c) => {
      const visit = visitOf(askingOf(c));
      const { sessionToken, signedIn } = await acceptAsNew(visit, c.req.valid("json"));
      c.header("set-cookie", sessionCookie(c.env, sessionToken));
      return c.json(signedIn, 200);
    });
