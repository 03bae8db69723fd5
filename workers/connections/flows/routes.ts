import { createRoute } from "@hono/zod-openapi";
import {
  ChooseInFlow,
  ConnectFlow,
  StartConnectFlow,
} from "../../../shared/contracts/connect-flows";
import { redirectUriOf } from "../../credentials";
import {
  answers,
  createRouter,
  failures,
  idParam,
  jsonBody,
  upstreamFails,
} from "../../platform/http";
import { askingOf } from "../../teams";
import { browserCookie, browserSecretOf, randomSecret } from "./browser";
import { takeCallback } from "./callback";
import { cancelFlow } from "./cancel";
import { chooseInFlow } from "./choose";
import type { Tools } from "./finish";
import { getFlow } from "./read";
import { startFlow } from "./start";

const tags = ["Signing in at vendors"];
const params = idParam("A sign-in's id");

const start = createRoute({
  operationId: "startConnectFlow",
  method: "post",
  path: "/",
  summary: "Begin to sign in at a vendor",
  description:
    "Send the browser that got this answer to `authorizeUrl`, or show the code of `device`. It must keep the cookie it is given: the sign-in can be finished in no other. Nothing of a connection exists before its end. It has ten minutes.",
  tags,
  request: jsonBody(StartConnectFlow),
  responses: {
    201: answers(ConnectFlow, "Begun"),
    ...failures(
      "invalid_input",
      "forbidden",
      "not_found",
      "conflict",
      "rate_limited",
      ...upstreamFails,
    ),
  },
});
const get = createRoute({
  operationId: "getConnectFlow",
  method: "get",
  path: "/{id}",
  summary: "Read how a sign-in stands",
  description:
    "For whoever began it. One with a device code goes on by being read: the vendor is asked at most once per its interval.",
  tags,
  request: { params },
  responses: { 200: answers(ConnectFlow, "As it stands"), ...failures("not_found") },
});
const choose = createRoute({
  operationId: "chooseInConnectFlow",
  method: "post",
  path: "/{id}/choice",
  summary: "Choose the account a connection is for",
  tags,
  request: { params, ...jsonBody(ChooseInFlow) },
  responses: {
    200: answers(ConnectFlow, "As it stands then"),
    ...failures("invalid_input", "not_found", "conflict"),
  },
});
const cancel = createRoute({
  operationId: "cancelConnectFlow",
  method: "delete",
  path: "/{id}",
  summary: "Cancel a sign-in",
  description: "One that is over stays as it is.",
  tags,
  request: { params },
  responses: { 204: { description: "Cancelled" }, ...failures("not_found", "conflict") },
});

export const createConnectFlowRoutes = (tools: Tools) =>
  createRouter()
    .openapi(start, async (c) => {
      // One secret for all sign-ins of a browser, so that several can go on in it at once.
      const secret = browserSecretOf(c.req.raw) ?? randomSecret();
      const browser = { redirectUri: redirectUriOf(c.req.raw), secret };
      const flow = await startFlow(c.get("ctx"), c.req.valid("json"), browser);
      c.header("set-cookie", browserCookie(secret));
      return c.json(flow, 201);
    })
    .openapi(get, async (c) =>
      c.json(await getFlow(c.get("ctx"), c.req.valid("param").id, tools), 200),
    )
    .openapi(choose, async (c) => {
      const { value } = c.req.valid("json");
      const flow = await chooseInFlow(c.get("ctx"), c.req.valid("param").id, { value, tools });
      return c.json(flow, 200);
    })
    .openapi(cancel, async (c) => {
      await cancelFlow(c.get("ctx"), c.req.valid("param").id);
      return c.body(null, 204);
    });

const callback = createRoute({
  operationId: "finishConnectFlow",
  method: "get",
  path: "/",
  summary: "Where a vendor sends the browser back to",
  description: "Counts only in the browser that began the sign-in, and once.",
  tags,
  security: [],
  responses: { 303: { description: "To the page that says how it went" } },
});

export const createCallbackRoutes = (tools: Tools) =>
  createRouter().openapi(callback, async (c) => {
    const page = await takeCallback(askingOf(c), tools);
    c.header("cache-control", "no-store");
    c.header("referrer-policy", "no-referrer");
    return c.redirect(page, 303);
  });
