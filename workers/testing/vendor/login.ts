import { json, put, Refusal, requireHeaders, type Asked, type Reply } from "./exchange.ts";
import type { Grants } from "./grants.ts";
import type { Quirks } from "./quirks.ts";

/** A request that answers with a token, as Tableau and SAP Business One have it. */
export function logIn(asked: Asked, quirks: Quirks, grants: Grants): Reply {
  const rule = quirks.login;
  if (!rule) throw new Refusal("invalid_request", "There is no login.", 404);
  requireHeaders(asked, rule.headers);
  const sent: unknown = asked.body === "" ? {} : JSON.parse(asked.body);
  if (!holds(sent, rule.body))
    throw new Refusal("invalid_login", `The login holds ${asked.body}.`, 401);
  const token = grants.giveAccess(grants.begin(""));
  if (rule.tokenAt === "") return json(token);
  const body: Record<string, unknown> = structuredClone(rule.answer);
  put(body, rule.tokenAt, token);
  return json(body);
}

/** Whether everything wanted is there, deep down. */
function holds(sent: any, wanted: any): boolean {
  if (typeof wanted !== "object" || wanted === null) return sent === wanted;
  return Object.entries(wanted).every(
    ([name, value]) => typeof sent === "object" && sent !== null && holds(sent[name], value),
  );
}
