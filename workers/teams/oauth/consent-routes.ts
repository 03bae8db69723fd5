import { createRoute } from "@hono/zod-openapi";
import * as z from "zod";
import {
  ConsentAsked,
  ConsentDecision,
  ConsentQuery,
  ConsentRedirect,
} from "../../../shared/contracts/grants";
import { answers, createRouter, failures, jsonBody } from "../../platform/http";
import { askingOf } from "../authenticate";

const tags = ["Signing in"];

const begin = createRoute({
  operationId: "beginConsent",
  method: "post",
  path: "/",
  summary: "What an AI client asks for",
  description:
    "For the hub's own page: with a session, and with the header Origin. The answer sets a cookie; only the same browser and session can decide.",
  tags,
  security: [],
  request: jsonBody(ConsentQuery),
  responses: {
    200: answers(z.union([ConsentAsked, ConsentRedirect]), "What to show, or where to go back to"),
    ...failures("invalid_input", "forbidden", "rate_limited"),
  },
});
const decide = createRoute({
  operationId: "decideConsent",
  method: "post",
  path: "/decision",
  summary: "Let an AI client in, or not",
  description: "Works once for each handle.",
  tags,
  security: [],
  request: jsonBody(ConsentDecision),
  responses: {
    200: answers(ConsentRedirect, "Where to send the browser"),
    ...failures("invalid_input", "forbidden", "not_found", "conflict", "second_factor_required"),
  },
});

export const createConsentRoutes = () =>
  createRouter()
    .openapi(begin, async (c) => {
      const { beginConsent } = await import("./begin-consent");
      const begun = await beginConsent(askingOf(c), c.req.valid("json").query);
      if ("redirectTo" in begun) return c.json(begun, 200);
      for (const [name, value] of begun.headers) c.header(name, value, { append: true });
      return c.json(begun.asked, 200);
    })
    .openapi(decide, async (c) => {
      const { decideConsent } = await import("./decide-consent");
      const { redirectTo, headers } = await decideConsent(askingOf(c), c.req.valid("json"));
      for (const [name, value] of headers)
        if (name !== "location") c.header(name, value, { append: true });
      return c.json({ redirectTo }, 200);
    });
