import { createRoute } from "@hono/zod-openapi";
import { PutSso, SsoStarted, SsoState, StartSso } from "../../../shared/contracts/sso";
import { cookieText } from "../../platform/cookie";
import { HubError } from "../../platform/errors";
import { answers, createRouter, failures, jsonBody } from "../../platform/http";
import { askingOf } from "../authenticate";
import { sessionCookie } from "../session-cookie";
import { visitOf } from "../visit";
import type { Vault } from "./configure";
import { verifyDomain } from "./verify-domain";

const tags = ["Single sign-on"];

const get = createRoute({
  operationId: "getSso",
  method: "get",
  path: "/",
  summary: "The team's identity provider",
  tags,
  responses: { 200: answers(SsoState, "The provider, if one is set up"), ...failures("forbidden") },
});
const put = createRoute({
  operationId: "putSso",
  method: "put",
  path: "/",
  summary: "Set up single sign-on with an OpenID Connect provider",
  description:
    "The provider is asked for its discovery document first. People of the domain come in through it once the domain is verified.",
  tags,
  request: jsonBody(PutSso),
  responses: {
    200: answers(SsoState, "The provider as it is now"),
    ...failures("invalid_input", "forbidden", "outbound_refused", "upstream_invalid"),
  },
});
const remove = createRoute({
  operationId: "removeSso",
  method: "delete",
  path: "/",
  summary: "Remove the team's identity provider",
  tags,
  responses: { 204: { description: "Removed" }, ...failures("forbidden", "not_found") },
});
const verify = createRoute({
  operationId: "verifySsoDomain",
  method: "post",
  path: "/verify-domain",
  summary: "Show that the domain is the team's",
  description: "Looks for the TXT record the provider's `dns` names.",
  tags,
  responses: {
    200: answers(SsoState, "Verified"),
    ...failures("forbidden", "not_found", "conflict", "unavailable"),
  },
});

// The OpenID Connect library comes with what is imported on the way: a call must not pay for it at the start.

export const createSsoRoutes = (vault: Vault) =>
  createRouter()
    .openapi(get, async (c) => {
      const { getSso } = await import("./configure");
      return c.json(await getSso(c.get("ctx"), c.req.raw), 200);
    })
    .openapi(put, async (c) => {
      const { putSso } = await import("./configure");
      const given = { vault, request: c.req.raw };
      return c.json(await putSso(c.get("ctx"), c.req.valid("json"), given), 200);
    })
    .openapi(remove, async (c) => {
      const { removeSso } = await import("./configure");
      await removeSso(c.get("ctx"), vault);
      return c.body(null, 204);
    })
    .openapi(verify, async (c) => c.json(await verifyDomain(c.get("ctx"), c.req.raw), 200));

const start = createRoute({
  operationId: "startSso",
  method: "post",
  path: "/",
  summary: "Sign in through the identity provider of an address's domain",
  description: "Send the browser to the `url`; it comes back signed in.",
  tags,
  security: [],
  request: jsonBody(StartSso),
  responses: {
    200: answers(SsoStarted, "Where to go"),
    ...failures("invalid_input", "not_found", "locked_out", "upstream_invalid"),
  },
});
const callback = createRoute({
  operationId: "finishSso",
  method: "get",
  path: "/callback",
  summary: "Where an identity provider sends the browser back to",
  tags,
  security: [],
  responses: {
    302: { description: "To the page that was asked for, signed in, or to the sign-in page" },
  },
});

const cookieName = "__Host-plugboard-sso";
const sentState = new RegExp(`(?:^|;)\\s*${cookieName}=([\\w-]+)`);
const stateIn = (cookies: string) => sentState.exec(cookies)?.[1];
const stateCookie = (value: string, seconds: number) =>
  cookieText({ name: cookieName, value, seconds });

export const createSsoSignInRoutes = (vault: Vault) =>
  createRouter()
    .openapi(start, async (c) => {
      const { startSso } = await import("./start");
      const { url, state } = await startSso(askingOf(c), c.req.valid("json"));
      c.header("set-cookie", stateCookie(state, 600));
      return c.json({ url }, 200);
    })
    .openapi(callback, async (c) => {
      const cookies = c.req.header("cookie") ?? "";
      c.header("set-cookie", stateCookie("", 0));
      c.header("cache-control", "no-store");
      try {
        const asked = {
          ...visitOf(askingOf(c)),
          request: c.req.raw,
          cookieState: stateIn(cookies),
        };
        const { finishSso } = await import("./finish");
        const { sessionToken, next } = await finishSso(asked, vault);
        c.header("set-cookie", sessionCookie(c.env, sessionToken), { append: true });
        return c.redirect(next, 302);
      } catch (error) {
        const code = error instanceof HubError ? error.code : undefined;
        if (code === undefined || code === "internal") throw error;
        return c.redirect(`/sign-in?sso=${code}`, 302);
      }
    });
