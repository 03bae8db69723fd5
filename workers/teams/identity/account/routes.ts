import { createRoute } from "@hono/zod-openapi";
import {
  AccessToken,
  Account,
  ChooseTeam,
  SessionList,
  SessionsEnded,
  SetEmail,
  SetPassword,
  ShowSecondFactor,
  UpdateAccount,
} from "../../../../shared/contracts/account";
import { answers, createRouter, failures, idParam, jsonBody } from "../../../platform/http";
import { askingOf } from "../../authenticate";
import { changeEmail } from "../change-email";
import { createPersonRouter } from "../person-router";
import { chooseTeam } from "./choose-team";
import { makeAccessToken } from "./make-access-token";
import { readAccount } from "./read";
import { endOtherSessions, endSession, listSessions } from "./sessions";
import { setPassword } from "./set-password";
import { showSecondFactor } from "./show-second-factor";
import { updateAccount } from "./update";

const tags = ["Your account"];
const account = answers(Account, "You, your teams, and how you sign in");

const read = createRoute({
  operationId: "getAccount",
  method: "get",
  path: "/",
  summary: "Who you are, in a team or in none",
  tags,
  responses: { 200: account, ...failures("forbidden") },
});
const update = createRoute({
  operationId: "updateAccount",
  method: "patch",
  path: "/",
  summary: "Change your name",
  tags,
  request: jsonBody(UpdateAccount),
  responses: { 200: account, ...failures("invalid_input", "forbidden") },
});
const choose = createRoute({
  operationId: "chooseTeam",
  method: "post",
  path: "/team",
  summary: "Go on in another of your teams",
  description: "It holds for this session.",
  tags,
  request: jsonBody(ChooseTeam),
  responses: { 200: account, ...failures("invalid_input", "forbidden", "not_found") },
});
const list = createRoute({
  operationId: "listSessions",
  method: "get",
  path: "/sessions",
  summary: "List your sessions, newest first",
  tags,
  responses: { 200: answers(SessionList, "Those that go on"), ...failures("forbidden") },
});
const end = createRoute({
  operationId: "endSession",
  method: "delete",
  path: "/sessions/{id}",
  summary: "End one of your sessions",
  description: "It holds at once.",
  tags,
  request: { params: idParam("A session's id") },
  responses: { 204: { description: "Ended" }, ...failures("forbidden", "not_found") },
});
const endOthers = createRoute({
  operationId: "endOtherSessions",
  method: "post",
  path: "/sessions/end-others",
  summary: "End all your sessions but this one",
  tags,
  responses: { 200: answers(SessionsEnded, "How many ended"), ...failures("forbidden") },
});
const factor = createRoute({
  operationId: "showSecondFactor",
  method: "post",
  path: "/second-factor",
  summary: "Show your second factor again",
  description: "For what asks for it: it counts for twelve hours in this session.",
  tags,
  request: jsonBody(ShowSecondFactor),
  responses: {
    204: { description: "Shown" },
    ...failures("invalid_input", "forbidden", "conflict", "locked_out"),
  },
});
const password = createRoute({
  operationId: "setPassword",
  method: "post",
  path: "/password",
  summary: "Set a first password",
  description: "For whoever has none. To change one: POST /api/auth/change-password.",
  tags,
  request: jsonBody(SetPassword),
  responses: {
    204: { description: "Set" },
    ...failures("invalid_input", "forbidden", "second_factor_required", "conflict"),
  },
});
const email = createRoute({
  operationId: "setEmail",
  method: "post",
  path: "/email",
  summary: "Give or change your email address",
  description:
    "It changes once the link in a mail to the new address is opened: then your other sessions end. Asks for your second factor, else for your password, and of whoever has neither to have signed in within the last hour.",
  tags,
  request: jsonBody(SetEmail),
  responses: {
    204: { description: "A mail is on its way" },
    ...failures("invalid_input", "forbidden", "second_factor_required", "locked_out"),
  },
});
const token = createRoute({
  operationId: "createAccessToken",
  method: "post",
  path: "/",
  summary: "Make an access token for a program",
  description:
    "A JWT for the API, good for an hour and no longer than the session or API key it is made with. Its keys are at /api/auth/jwks.",
  tags,
  responses: { 200: answers(AccessToken, "The token is shown only now"), ...failures("forbidden") },
});

export const createAccountRoutes = () =>
  createPersonRouter()
    .openapi(read, async (c) => c.json(await readAccount(c.get("person")), 200))
    .openapi(update, async (c) =>
      c.json(await updateAccount(c.get("person"), c.req.valid("json")), 200),
    )
    .openapi(choose, async (c) =>
      c.json(await chooseTeam(c.get("person"), c.req.valid("json").teamId), 200),
    )
    .openapi(list, async (c) => c.json(await listSessions(c.get("person")), 200))
    .openapi(end, async (c) => {
      await endSession(c.get("person"), c.req.valid("param").id);
      return c.body(null, 204);
    })
    .openapi(endOthers, async (c) => c.json(await endOtherSessions(c.get("person")), 200))
    .openapi(factor, async (c) => {
      await showSecondFactor(c.get("person"), c.req.valid("json").code);
      return c.body(null, 204);
    })
    .openapi(password, async (c) => {
      await setPassword(c.get("person"), c.req.valid("json").newPassword);
      return c.body(null, 204);
    })
    .openapi(email, async (c) => {
      await changeEmail(c.get("person"), c.req.valid("json"));
      return c.body(null, 204);
    });

/** A key makes one of its own too, so it stands apart from what only a person does. */
export const createAccessTokenRoutes = () =>
  createRouter().openapi(token, async (c) => {
    c.header("cache-control", "no-store");
    return c.json(await makeAccessToken(askingOf(c)), 200);
  });
