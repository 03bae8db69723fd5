import { createRoute } from "@hono/zod-openapi";
import type { Context as HonoContext } from "hono";
import { SetPlan, TeamPlan } from "../../../shared/contracts/limits";
import { Setup, SetupDone, SignedIn, SignIn, SignInLink } from "../../../shared/contracts/teams";
import { answers, createRouter, failures, jsonBody, type HttpEnv } from "../../platform/http";
import { askingOf } from "../authenticate";
import { clearedCookie, sessionCookie } from "../session-cookie";
import { visitOf } from "../visit";
import { createLibraryRoutes } from "./library-routes";
import { setPlan } from "./set-plan";
import { setUp, type SettingUp } from "./setup";
import { signIn } from "./sign-in-by-link";
import { createSignInLink } from "./sign-in-link";
import { signOut } from "./sign-out";

const tags = ["Signing in"];
const security = [{ setupToken: [] }];

const setup = createRoute({
  operationId: "setUp",
  method: "post",
  path: "/setup",
  summary: "Make the first team, its owner and an API key",
  description:
    "Works once, on an empty hub, with the deployment's PLUGBOARD_SETUP_TOKEN as bearer token.",
  tags,
  security,
  request: jsonBody(Setup),
  responses: {
    201: answers(SetupDone, "The key and the sign-in token are shown only now"),
    ...failures("forbidden", "conflict", "invalid_input"),
  },
});
const link = createRoute({
  operationId: "createSignInLink",
  method: "post",
  path: "/sign-in-links",
  summary: "Make a sign-in link for the owner of the first team",
  description:
    "With the deployment's PLUGBOARD_SETUP_TOKEN as bearer token. The link is the hub's page `/sign-in?token=…`.",
  tags,
  security,
  responses: {
    201: answers(SignInLink, "The token is shown only now"),
    ...failures("forbidden", "conflict"),
  },
});
const plan = createRoute({
  operationId: "setPlan",
  method: "put",
  path: "/plans",
  summary: "Give a team a plan",
  description:
    "With the deployment's PLUGBOARD_SETUP_TOKEN as bearer token. It holds for the team's next call.",
  tags: ["Limits"],
  security,
  request: jsonBody(SetPlan),
  responses: {
    200: answers(TeamPlan, "What the team may use from now on"),
    ...failures("forbidden", "not_found", "invalid_input", "unavailable"),
  },
});
const enter = createRoute({
  operationId: "signIn",
  method: "post",
  path: "/sign-in",
  summary: "Sign in with a link",
  description:
    "Spends the link and answers with a session, in the cookie `__Host-plugboard`. A session the browser has already goes on until it ends by itself; its cookie is replaced.",
  tags,
  security: [],
  request: jsonBody(SignIn),
  responses: {
    200: answers(SignedIn, "Signed in"),
    ...failures("link_expired", "link_used", "invalid_input"),
  },
});
const leave = createRoute({
  operationId: "signOut",
  method: "post",
  path: "/sign-out",
  summary: "End the session of the cookie",
  description: "It holds at once. Without a session nothing happens.",
  tags,
  security: [],
  responses: { 204: { description: "Signed out" }, ...failures("forbidden") },
});

const setupAsked = (c: HonoContext<HttpEnv>) => ({
  ...visitOf(askingOf(c)),
  token: /^Bearer (\S+)$/.exec(c.req.header("authorization") ?? "")?.[1],
});

export const createAuthRoutes = (createTeamKey: SettingUp["createTeamKey"]) =>
  createRouter()
    .openapi(setup, async (c) =>
      c.json(await setUp({ ...setupAsked(c), createTeamKey }, c.req.valid("json")), 201),
    )
    .openapi(link, async (c) => c.json(await createSignInLink(setupAsked(c)), 201))
    .openapi(plan, async (c) => c.json(await setPlan(setupAsked(c), c.req.valid("json")), 200))
    .openapi(enter, async (c) => {
      const visit = visitOf(askingOf(c));
      const { sessionToken, signedIn } = await signIn(visit, c.req.valid("json").token);
      c.header("set-cookie", sessionCookie(c.env, sessionToken));
      return c.json(signedIn, 200);
    })
    .openapi(leave, async (c) => {
      await signOut(askingOf(c));
      c.header("set-cookie", clearedCookie);
      return c.body(null, 204);
    })
    .route("/", createLibraryRoutes());
