import type { HttpRequestTemplate, SessionMethod } from "../../../shared/catalogue/manifest";
import { HubError } from "../../platform/errors";
import { keepsRules, textAt } from "../../platform/json-pointer";
import { fillRequest } from "../../platform/request-template";
import { captureParams } from "../oauth/capture";
import { declaredParams } from "../oauth/declared";
import { judgeRefusal, judgeThrown, unusable } from "../oauth/failures";
import { sendSecret, type Answer } from "../oauth/send";
import { parseDocument } from "../oauth/token-answer";
import type { TokenAnswer } from "../oauth/token-request";
import type { SecretRecord, SignIn } from "./types";

type SessionSignIn = SignIn & { method: SessionMethod };

/** A login that answers with a token for a while. */
export async function logIn(
  env: Env,
  { connector, method, params }: SessionSignIn,
  record: SecretRecord,
): Promise<TokenAnswer> {
  let host = "The vendor";
  try {
    const sent = fillRequest(absolute(method.login), { params, secret: record });
    host = new URL(sent.url).host;
    return processLogin(await sendSecret(env, sent), { host, connector, method, params });
  } catch (error) {
    return { ok: false, failure: judgeThrown(error, host) };
  }
}

/** What a login's answer means. */
function processLogin(
  answer: Answer,
  {
    host,
    connector,
    method,
    params,
  }: {
    host: string;
    connector: string;
    method: SessionMethod;
    params: Record<string, string>;
  },
): TokenAnswer {
  // Magento answers with the token alone, as a JSON text.
  const body = parseDocument(answer);
  const { status, retryAfterSeconds } = answer;
  if (
    status < 200 ||
    status > 299 ||
    (body !== undefined && !keepsRules(body, method.successWhen))
  ) {
    const error =
      status < 300 || [400, 401, 403, 422].includes(status) ? "invalid_grant" : undefined;
    const isPage = body === undefined;
    return {
      ok: false,
      failure: judgeRefusal({ host, status, error, isPage, retryAfterSeconds, with: "key" }),
    };
  }
  const token = method.tokenPointers
    .map((pointer) => textAt(body, pointer))
    .find((text) => text !== undefined);
  if (token === undefined || !/^[\x21-\x7e]{1,16384}$/.test(token))
    return { ok: false, failure: unusable(host) };
  const captured = captureParams(method.capture, {
    declared: declaredParams(connector, method.id),
    known: params,
    read: (pointer) => textAt(body, pointer),
    complete: true,
  });
  if (!captured.ok) {
    const { fault, message } = captured;
    return { ok: false, failure: { kind: "misconfigured", message, fault } };
  }
  const now = Date.now();
  const expiresAt = now + method.lifetimeSeconds * 1000;
  return {
    ok: true,
    token: { accessToken: token, obtainedAt: String(now), expiresAt: String(expiresAt) },
    expiresAt,
    scopes: null,
    params: captured.params,
  };
}

/** Ends a session the hub began, where the vendor has a way to. Whether it worked. */
export async function logOut(
  env: Env,
  { method, params }: SessionSignIn,
  record: SecretRecord,
): Promise<boolean> {
  const { accessToken: token } = record;
  if (!method.logout || token === undefined) return false;
  const sent = fillRequest(absolute(method.logout), {
    params,
    secret: record,
    extra: { token },
  });
  try {
    const { status } = await sendSecret(env, sent);
    return status >= 200 && status < 300;
  } catch (error) {
    if (error instanceof HubError) return false;
    throw error;
  }
}

/** A login is a request of its own: it has no base to stand below. */
function absolute(template: HttpRequestTemplate): HttpRequestTemplate {
  if (/^(https?:\/\/|\{)/.test(template.url)) return template;
  throw new Error(`The login ${template.url} is no whole URL.`);
}
