import { createRoute } from "@hono/zod-openapi";
import {
  LimitQuery,
  Limits,
  LimitSetting,
  LimitSettingPage,
  LimitSettingQuery,
  LimitUsePage,
  SetLimit,
  type LimitScope,
} from "../../../shared/contracts/limits";
import { answers, createRouter, failures, idParam, jsonBody } from "../../platform/http";
import { listUses, readLimits } from "./read";
import { clearLimit, setLimit } from "./set";
import { listSettings } from "./settings";

const tags = ["Limits"];

const read = createRoute({
  operationId: "readLimits",
  method: "get",
  path: "/",
  summary: "What you have left, and the team",
  description:
    "The team's plan; your own limits, those of the key you ask with and the team's, as they stand; what vendors told of theirs; servers that are left alone for now; and how many calls are under way. Asking costs nothing of any limit.",
  tags,
  responses: { 200: answers(Limits, "As it stands"), ...failures("unavailable") },
});
const uses = createRoute({
  operationId: "listLimitUses",
  method: "get",
  path: "/usage",
  summary: "List limits that were used lately, the nearest to its end first",
  tags,
  request: { query: LimitQuery },
  responses: {
    200: answers(LimitUsePage, "Limits as they stand"),
    ...failures("forbidden", "invalid_input", "unavailable"),
  },
});
const settings = createRoute({
  operationId: "listLimitSettings",
  method: "get",
  path: "/settings",
  summary: "List the limits the team set itself",
  description: "Those you may change: of connections, of tools, of the team and its people.",
  tags,
  request: { query: LimitSettingQuery },
  responses: {
    200: answers(LimitSettingPage, "What the team set"),
    ...failures("forbidden", "invalid_input"),
  },
});

/** Whose limit it is, and what `{id}` is then. */
const whose = {
  team: { title: "Team", of: "the team as a whole", id: "The team's id" },
  member: {
    title: "Member",
    of: "every person of the team that has none of their own",
    id: "The team's id",
  },
  person: { title: "Person", of: "one person", id: "A person's id" },
  key: {
    title: "Key",
    of: "one API key, AI client or machine client",
    id: "The id of an API key, of a client's grant or of a machine client",
  },
  connection: { title: "Connection", of: "one connection", id: "A connection's id" },
  tool: { title: "Tool", of: "one tool", id: "A tool's id" },
} as const satisfies Record<LimitScope, { title: string; of: string; id: string }>;

function createSettingRoutes(scope: LimitScope) {
  const { title, of, id } = whose[scope];
  const params = idParam(id);
  const set = createRoute({
    operationId: `set${title}Limit`,
    method: "put",
    path: "/{id}",
    summary: `Set the limit of ${of}`,
    description:
      scope === "team"
        ? "It holds for the next call. Never above what the team's plan allows."
        : "It holds for the next call, with what was spent since it had a limit of that window.",
    tags,
    request: { params, ...jsonBody(SetLimit) },
    responses: {
      200: answers(LimitSetting, "The limit as it is now"),
      ...failures("forbidden", "not_found", "invalid_input", "conflict", "unavailable"),
    },
  });
  const clear = createRoute({
    operationId: `clear${title}Limit`,
    method: "delete",
    path: "/{id}",
    summary: `Take back the limit of ${of}`,
    description: "What the plan and the deployment say holds from then on.",
    tags,
    request: { params },
    responses: { 204: { description: "Taken back" }, ...failures("forbidden", "not_found") },
  });
  return createRouter()
    .openapi(set, async (c) => {
      const asked = { scope, id: c.req.valid("param").id };
      return c.json(await setLimit(c.get("ctx"), asked, c.req.valid("json")), 200);
    })
    .openapi(clear, async (c) => {
      await clearLimit(c.get("ctx"), { scope, id: c.req.valid("param").id });
      return c.body(null, 204);
    });
}

export const createLimitRoutes = () =>
  createRouter()
    .openapi(read, async (c) => c.json(await readLimits(c.get("ctx")), 200))
    .openapi(uses, async (c) => c.json(await listUses(c.get("ctx"), c.req.valid("query")), 200))
    .openapi(settings, async (c) =>
      c.json(await listSettings(c.get("ctx"), c.req.valid("query")), 200),
    )
    .route("/settings/team", createSettingRoutes("team"))
    .route("/settings/member", createSettingRoutes("member"))
    .route("/settings/person", createSettingRoutes("person"))
    .route("/settings/key", createSettingRoutes("key"))
    .route("/settings/connection", createSettingRoutes("connection"))
    .route("/settings/tool", createSettingRoutes("tool"));
