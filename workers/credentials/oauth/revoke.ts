import type { OAuthCodeMethod } from "../../../shared/catalogue/manifest";
import { keepsRules } from "../../platform/json-pointer";
import { fillAll, fillTemplate } from "../../platform/template";
import { logOut } from "../auth/log-in";
import type { SecretRecord, SignIn, TokenFailure } from "../auth/types";
import type { OAuthClient } from "./client";
import { clientAuth } from "./client-auth";
import { judgeRefusal, judgeThrown } from "./failures";
import { sendSecret, type Answer, type Sent } from "./send";
import { errorOf, parseAnswer } from "./token-answer";

export type Revoked =
  | {
      ok: true;
      /** False where the vendor has no way to: whoever wants it gone removes it there. */
      revoked: boolean;
    }
  | { ok: false; failure: TokenFailure };

type Rule = NonNullable<OAuthCodeMethod["revoke"]>;
type Shape = Pick<OAuthCodeMethod, "clientAuth" | "errorPointer" | "revoke">;
type With = {
  record: SecretRecord;
  client: OAuthClient | null;
  timeoutMs?: number | undefined;
};

const nothingToDo: Revoked = { ok: true, revoked: false };

/** Ends the sign-in at the vendor, its way (RFC 7009 for most). A token that is dead there already is a success. */
export async function revokeToken(env: Env, signIn: SignIn, given: With): Promise<Revoked> {
  const { method, params } = signIn;
  const { record, client } = given;
  switch (method.kind) {
    case "oauth2_code":
    case "oauth2_device":
      return revoke(env, method, { ...given, params });
    case "oauth2_client_credentials":
      return revoke(env, method, { ...given, params, client: client ?? clientIn(record) });
    case "signed_jwt":
      return method.exchange ? revoke(env, method.exchange, { ...given, params }) : nothingToDo;
    case "session":
      return { ok: true, revoked: await logOut(env, { ...signIn, method }, record) };
    case "mcp_oauth":
      return signIn.state?.revokeUrl === undefined
        ? nothingToDo
        : revoke(
            env,
            { clientAuth: "post", revoke: rfc7009(signIn.state.revokeUrl) },
            { ...given, params },
          );
    case "api_key":
    case "bearer":
    case "basic":
    case "none":
    case "headers":
    case "aws_sigv4":
    case "database":
    case "client_certificate":
    case "ssh_key":
      return nothingToDo;
  }
}

/** What an authorization server names in its metadata. */
const rfc7009 = (url: string): Rule => ({
  // An address, and no template of ours.
  url: url.replaceAll("{", "%7B"),
  method: "POST",
  auth: "client",
  body: "form",
  params: { token: "{token}", token_type_hint: "refresh_token" },
  headers: {},
  which: "refresh",
  successWhen: [],
});

/** A program that signs in as itself typed its client's id and secret. */
const clientIn = ({ clientId, clientSecret }: SecretRecord): OAuthClient | null =>
  clientId === undefined ? null : { clientId, clientSecret: clientSecret ?? null };

async function revoke(
  env: Env,
  shape: Shape,
  { record, client, timeoutMs, params }: With & { params: Record<string, string> },
): Promise<Revoked> {
  const rule = shape.revoke;
  const { accessToken, refreshToken } = record;
  const token = rule?.which === "refresh" ? (refreshToken ?? accessToken) : accessToken;
  if (!rule || token === undefined) return nothingToDo;
  return judged(
    { errorPointer: shape.errorPointer, successWhen: rule.successWhen },
    async (host) => {
      const values = {
        params,
        secret: record,
        extra: { token },
        ...(client && {
          app: { clientId: client.clientId, clientSecret: client.clientSecret ?? "" },
        }),
      };
      const url = fillTemplate(rule.url, values);
      host(url);
      const built = await build(rule, {
        url,
        token,
        params: fillAll(rule.params, values),
        headers: fillAll(rule.headers, values),
        client,
        style: rule.auth === "basic" ? "basic" : (client?.clientAuth ?? shape.clientAuth),
      });
      return sendSecret(env, { ...built, timeoutMs });
    },
  );
}

/** Built by hand, since a vendor may want it by DELETE, as JSON, in the query, or with the token for a signature. */
async function build(
  rule: Rule,
  told: {
    url: string;
    token: string;
    params: Record<string, string>;
    headers: Record<string, string>;
    client: OAuthClient | null;
    style: "basic" | "post" | "none";
  },
): Promise<Sent> {
  const body = new URLSearchParams(told.params);
  const headers = new Headers({ accept: "application/json", ...told.headers });
  if (rule.auth === "bearer") headers.set("authorization", `Bearer ${told.token}`);
  if ((rule.auth === "client" || rule.auth === "basic") && told.client) {
    const library = await import("oauth4webapi");
    const show = clientAuth(library, told.client, told.style);
    await show({ issuer: told.url }, { client_id: told.client.clientId }, body, headers);
  }
  if (rule.method === "GET") {
    const url = new URL(told.url);
    for (const [name, value] of body) url.searchParams.set(name, value);
    return { url: url.href, method: "GET", headers: Object.fromEntries(headers), body: null };
  }
  const asJson = rule.body === "json";
  headers.set("content-type", asJson ? "application/json" : "application/x-www-form-urlencoded");
  return {
    url: told.url,
    method: rule.method,
    headers: Object.fromEntries(headers),
    body: asJson ? JSON.stringify(Object.fromEntries(body)) : body.toString(),
  };
}

async function judged(
  { errorPointer, successWhen }: Pick<Rule, "successWhen"> & Pick<Shape, "errorPointer">,
  send: (host: (url: string) => void) => Promise<Answer>,
): Promise<Revoked> {
  let host = "The vendor";
  try {
    const answer = await send((url) => (host = URL.parse(url)?.host ?? host));
    const said = parseAnswer(answer);
    const good = answer.status >= 200 && answer.status < 300;
    if (good && (successWhen.length === 0 || keepsRules(said, successWhen)))
      return { ok: true, revoked: true };
    const failure = judgeRefusal({
      host,
      status: answer.status,
      error: errorOf(said, { errorPointer }),
      isPage: answer.type === "text/html",
      retryAfterSeconds: answer.retryAfterSeconds,
      with: "refresh",
    });
    // Nobody there knows the token any more: that was the wish.
    return failure.kind === "revoked" ? { ok: true, revoked: true } : { ok: false, failure };
  } catch (error) {
    return { ok: false, failure: judgeThrown(error, host) };
  }
}
