import { createRoute } from "@hono/zod-openapi";
import { Me } from "../../shared/contracts/teams";
import { answers, createRouter, failures } from "../platform/http";
import { whoAmI } from "./me";

const me = createRoute({
  operationId: "getMe",
  method: "get",
  path: "/",
  summary: "Who you are, and what you may do",
  tags: ["Team"],
  responses: {
    200: answers(Me, "Team, person, role, permissions, and the key or session of this request"),
    ...failures(),
  },
});

export const createMeRoutes = () =>
  createRouter().openapi(me, async (c) => c.json(await whoAmI(c.get("ctx")), 200));
