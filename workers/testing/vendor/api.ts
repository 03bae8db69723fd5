import { checkAssertion } from "./assertion.ts";
import { checkAwsSignature } from "./aws.ts";
import {
  json,
  isAt,
  Refusal,
  requireHeaders,
  requireParams,
  type Asked,
  type Reply,
} from "./exchange.ts";
import type { Grants } from "./grants.ts";
import type { Quirks, Route } from "./quirks.ts";

/** The vendor's own API: knows who may call by the credential alone. */
export async function callApi(asked: Asked, quirks: Quirks, grants: Grants): Promise<Reply> {
  const route = quirks.api.routes.find(
    ({ at, method = "GET" }) => method === asked.method && isAt(asked, at),
  );
  if (!route) throw new Refusal("not_found", `Nothing is at ${asked.method} ${asked.path}.`, 404);
  if (quirks.api.aws) checkAwsSignature(asked, quirks.api.aws);
  else if (quirks.jwt?.in === "api")
    await checkAssertion(asked.headers["authorization"]?.replace("Bearer ", ""), quirks.jwt);
  else
    checkCredential(
      (name) => asked.headers[name.toLowerCase()],
      route.credential ?? quirks.api.headers,
      grants,
    );
  checkCredential((name) => asked.query.get(name) ?? undefined, quirks.api.query, grants);
  requireHeaders(asked, route.headers ?? {});
  requireParams(asked.query, route.query ?? {});
  return reply(route);
}

function reply({ answer, status = 200, answerHeaders = {} }: Route): Reply {
  return status === 204 ? { status, body: "" } : json(answer, status, answerHeaders);
}

function checkCredential(
  sent: (name: string) => string | undefined,
  wanted: Record<string, string>,
  grants: Grants,
): void {
  for (const [name, template] of Object.entries(wanted)) {
    const value = sent(name) ?? "";
    const [before = "", after] = template.split("{token}");
    const right =
      after === undefined
        ? value === template
        : value.startsWith(before) &&
          value.endsWith(after) &&
          grants.isAlive(value.slice(before.length, value.length - after.length));
    if (!right)
      throw new Refusal(
        "invalid_token",
        `${name} is ${JSON.stringify(value)}, which is not ${JSON.stringify(template)}.`,
        401,
      );
  }
}
