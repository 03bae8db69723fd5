import { checkClient } from "./client.ts";
import {
  json,
  paramsOf,
  Refusal,
  requireHeaders,
  requireParams,
  type Asked,
  type Reply,
} from "./exchange.ts";
import type { Grants } from "./grants.ts";
import type { Quirks } from "./quirks.ts";

/** Ends a grant, in the way this vendor wants it asked for. */
export function revoke(asked: Asked, quirks: Quirks, grants: Grants): Reply {
  const rule = quirks.revoke;
  if (!rule) throw new Refusal("invalid_request", "There is no way to revoke.", 404);
  if (asked.method !== rule.method)
    throw new Refusal("invalid_request", `It is ${asked.method}, not ${rule.method}.`, 405);
  const params = rule.body === "query" ? new Map(asked.query) : paramsOf(asked, rule.body);
  requireParams(params, rule.params);
  requireHeaders(asked, rule.headers);
  const bearer = /^Bearer (.+)$/.exec(asked.headers["authorization"] ?? "")?.[1];
  if (rule.auth === "bearer" && bearer === undefined)
    throw new Refusal("invalid_token", "There is no bearer token.", 401);
  if (rule.auth === "basic" || rule.auth === "post")
    checkClient(asked, params, { client: quirks.client, style: rule.auth });
  if (
    rule.auth === "none" &&
    (params.get("client_secret") ?? asked.headers["authorization"]) !==
      rule.headers["authorization"]
  )
    throw new Refusal("invalid_request", "A secret came that nobody asked for.");
  if (rule.tokenParam === null && rule.auth !== "bearer") grants.revokeAll();
  else end(rule.tokenParam === null ? bearer : params.get(rule.tokenParam), rule.takes, grants);
  if (rule.answer === null) return { status: rule.status, body: "" };
  return json(rule.answer, rule.status);
}

function end(token: string | undefined, takes: "access" | "refresh" | "either", grants: Grants) {
  if (token === undefined || !grants.revoke(token, takes))
    throw new Refusal("invalid_token", `There is no such ${takes} token.`);
}
