// What a person's browser does when an AI client sends it to the hub: over HTTP, with cookies, without pictures.
import { createHash } from "node:crypto";
import type { HubProcess } from "../hub-process.ts";

export type Browser = { origin: string; cookie: string };
export type Shown = { status: number; headers: Headers; body: any; text: string };

/** Signs in with the link the hub printed last. Each start prints one. */
export async function signIn(hub: HubProcess): Promise<Browser> {
  const token = /sign-in\?token=(\w+)/.exec(hub.output())?.[1];
  const shown = await send(`${hub.url}/api/auth/sign-in`, { json: { token }, origin: hub.url });
  if (shown.status !== 200) throw new Error(`Nobody could sign in: ${shown.text}`);
  return { origin: hub.url, cookie: cookieOf(shown) };
}

const cookieOf = ({ headers }: Shown): string => headers.getSetCookie()[0]?.split(";")[0] ?? "";

export async function send(
  url: string,
  {
    json,
    form,
    ...headers
  }: {
    json?: unknown;
    form?: Record<string, string>;
    origin?: string;
    cookie?: string;
    authorization?: string;
  } = {},
): Promise<Shown> {
  const body = json === undefined ? form && new URLSearchParams(form) : JSON.stringify(json);
  const response = await fetch(url, {
    method: body === undefined ? "GET" : "POST",
    headers: { ...headers, ...(json === undefined ? {} : { "content-type": "application/json" }) },
    redirect: "manual",
    ...(body === undefined ? {} : { body }),
  });
  const text = await response.text();
  let parsed: unknown = text;
  try {
    parsed = JSON.parse(text);
  } catch {
    // Not everything is JSON.
  }
  return { status: response.status, headers: response.headers, body: parsed, text };
}

/** Follows an authorization URL to the consent page, and asks what it shows. */
export async function openConsent(
  browser: Browser,
  authorizationUrl: string,
): Promise<{ shown: Shown; bound: Browser; decisionUrl: string }> {
  const { origin } = new URL(authorizationUrl);
  const redirected = await send(authorizationUrl);
  const location = redirected.headers.get("location");
  if (redirected.status !== 302 || location === null || !location.startsWith(`${origin}/consent?`))
    throw new Error(`The hub did not lead to its consent page: ${redirected.status}`);
  const query = new URL(location).search.slice(1);
  const page = { ...browser, origin };
  const shown = await send(`${origin}/api/auth/consent`, { ...page, json: { query } });
  const bound = { ...page, cookie: `${browser.cookie}; ${cookieOf(shown)}` };
  return { shown, bound, decisionUrl: `${origin}/api/auth/consent/decision` };
}

/** Lets the client in, and answers with where the browser is sent. */
export async function allow(
  browser: Browser,
  authorizationUrl: string,
  scopes: readonly string[] = ["tools.read", "tools.call"],
): Promise<string> {
  const { shown, bound, decisionUrl } = await openConsent(browser, authorizationUrl);
  const decided = await send(decisionUrl, {
    ...bound,
    json: {
      handle: shown.body.handle,
      decision: "approve",
      teamId: shown.body.currentTeamId,
      scopes,
    },
  });
  if (decided.status !== 200) throw new Error(`The consent was not taken: ${decided.text}`);
  return decided.body.redirectTo;
}

export const callback = "http://127.0.0.1:7777/callback";
export const verifier = "the-code-verifier-of-the-suite-0123456789-abcdef";
const challenge = createHash("sha256").update(verifier).digest("base64url");

export async function register(url: string, redirectUris: string[] = [callback]): Promise<string> {
  const { body } = await send(`${url}/oauth/register`, {
    json: {
      client_name: "Suite",
      redirect_uris: redirectUris,
      token_endpoint_auth_method: "none",
      grant_types: ["authorization_code", "refresh_token"],
    },
  });
  return body.client_id;
}

/** What a client opens in the browser; `more` wins, and undefined leaves out. */
export function authorizationUrl(
  url: string,
  clientId: string,
  more: Record<string, string | undefined> = {},
): string {
  const params = {
    response_type: "code",
    client_id: clientId,
    redirect_uri: callback,
    scope: "tools.read tools.call",
    state: "st4te",
    resource: `${url}/mcp`,
    code_challenge: challenge,
    code_challenge_method: "S256",
    ...more,
  };
  const sent = Object.entries(params).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return `${url}/oauth/authorize?${new URLSearchParams(sent).toString()}`;
}

export const redeem = (url: string, form: Record<string, string>): Promise<Shown> =>
  send(`${url}/oauth/token`, {
    form: {
      grant_type: "authorization_code",
      redirect_uri: callback,
      code_verifier: verifier,
      ...form,
    },
  });

export const refresh = (url: string, clientId: string, token: string): Promise<Shown> =>
  send(`${url}/oauth/token`, {
    form: { grant_type: "refresh_token", client_id: clientId, refresh_token: token },
  });

/** One MCP request with a token. */
export const speak = (
  url: string,
  token: string,
  path = "/mcp",
  method = "tools/list",
  params = {},
) =>
  send(`${url}${path}`, {
    authorization: `Bearer ${token}`,
    json: { jsonrpc: "2.0", id: 1, method, params },
  });
