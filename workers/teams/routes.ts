import { createRoute } from "@hono/zod-openapi";
import { Me, Setup, SetupDone } from "../../shared/contracts/teams";
import { answers, createRouter, failures, jsonBody } from "../platform/http";
import { whoAmI } from "./me";
import { setUp, type SettingUp } from "./setup";

const me = createRoute({
  operationId: "getMe",
  method: "get",
  path: "/",
  summary: "Who the API key belongs to",
  tags: ["Team"],
  responses: { 200: answers(Me, "Team, person, role and key"), ...failures() },
});

export const createMeRoutes = () =>
  createRouter().openapi(me, async (c) => c.json(await whoAmI(c.get("ctx")), 200));

const setup = createRoute({
  operationId: "setUp",
  method: "post",
  path: "/setup",
  summary: "Make the first team, its owner and an API key",
  description:
    "Works once, on an empty hub, with the deployment's PLUGBOARD_SETUP_TOKEN as bearer token.",
  tags: ["Team"],
  security: [{ setupToken: [] }],
  request: jsonBody(Setup),
  responses: {
    201: answers(SetupDone, "The key and the sign-in token are shown only now"),
    ...failures("forbidden", "conflict", "invalid_input"),
  },
});

export const createSetupRoutes = (createTeamKey: SettingUp["createTeamKey"]) =>
  createRouter().openapi(setup, async (c) => {
    const token = /^Bearer (\S+)$/.exec(c.req.header("authorization") ?? "")?.[1];
    const asked = {
      env: c.env,
      requestId: c.get("requestId"),
      now: c.get("receivedAt"),
      token,
      createTeamKey,
    };
    return c.json(await setUp(asked, c.req.valid("json")), 201);
  });
