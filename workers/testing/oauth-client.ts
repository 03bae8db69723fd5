// An AI client and the browser of the person who lets it in, as they speak to the hub.
import { toBase64Url, utf8 } from "../platform/encoding";
import { askHub, signIn, type TestAnswer, type TestTeam } from "./team";

export const origin = "http://127.0.0.1";
export const resource = `${origin}/mcp`;
export const redirectUri = "http://127.0.0.1:7777/callback";
export const verifier = "a-code-verifier-of-the-tests-that-is-long-enough";

export type Tokens = { access_token: string; refresh_token: string; scope: string };
export type Browser = { cookie: string; origin: string };

const formType = { "content-type": "application/x-www-form-urlencoded" };

export function postForm(
  path: string,
  form: Record<string, string> | string[][],
  headers: Record<string, string> = {},
): Promise<TestAnswer> {
  const body = new URLSearchParams(form).toString();
  return askHub(path, { method: "POST", body, headers: { ...formType, ...headers } });
}

export const register = (metadata: object = {}): Promise<TestAnswer> =>
  askHub("/oauth/register", {
    body: {
      client_name: "Test client",
      redirect_uris: [redirectUri],
      token_endpoint_auth_method: "none",
      ...metadata,
    },
  });

export async function challengeOf(text: string): Promise<string> {
  return toBase64Url(await crypto.subtle.digest("SHA-256", utf8(text)));
}

/** The query a client sends the browser with. */
export async function authorizeQuery(
  clientId: string,
  more: Record<string, string> = {},
): Promise<string> {
  return new URLSearchParams({
    response_type: "code",
    client_id: clientId,
    redirect_uri: redirectUri,
    scope: "tools.read tools.call",
    state: "st4te",
    resource,
    code_challenge: await challengeOf(verifier),
    code_challenge_method: "S256",
    ...more,
  }).toString();
}

export const consent = (page: Partial<Browser>, query: string): Promise<TestAnswer> =>
  askHub("/api/auth/consent", { body: { query }, headers: { ...page } });

/** The cookie that binds the consent to the browser, added to its others. */
export function boundTo(page: Browser, begun: TestAnswer): Browser {
  const [cookie = ""] = (begun.headers.get("set-cookie") ?? "").split(";");
  return { ...page, cookie: `${page.cookie}; ${cookie}` };
}

export const decide = (page: Partial<Browser>, body: object): Promise<TestAnswer> =>
  askHub("/api/auth/consent/decision", { body, headers: { ...page } });

/** The code a client gets once the person of `team` let it in. */
export async function letIn(
  team: TestTeam,
  clientId: string,
  how: { query?: Record<string, string>; decision?: object; page?: Browser } = {},
): Promise<URLSearchParams> {
  const page = how.page ?? (await signIn(team));
  const begun = await consent(page, await authorizeQuery(clientId, how.query));
  if (begun.status !== 200) throw new Error(begun.text);
  const decided = await decide(boundTo(page, begun), {
    handle: begun.body.handle,
    decision: "approve",
    teamId: team.id,
    scopes: ["tools.read", "tools.call"],
    ...how.decision,
  });
  if (decided.status !== 200) throw new Error(decided.text);
  return new URL(decided.body.redirectTo).searchParams;
}

export const redeem = (
  clientId: string,
  code: string,
  more: Record<string, string> = {},
): Promise<TestAnswer> =>
  postForm("/oauth/token", {
    grant_type: "authorization_code",
    client_id: clientId,
    code,
    redirect_uri: redirectUri,
    code_verifier: verifier,
    ...more,
  });

export const refresh = (clientId: string, token: string): Promise<TestAnswer> =>
  postForm("/oauth/token", {
    grant_type: "refresh_token",
    client_id: clientId,
    refresh_token: token,
  });

/** A client that is let in, with its tokens. */
export async function connectedClient(
  team: TestTeam,
  how: Parameters<typeof letIn>[2] = {},
): Promise<{ clientId: string; code: string; tokens: Tokens }> {
  const clientId: string = (await register()).body.client_id;
  const code = (await letIn(team, clientId, how)).get("code") ?? "";
  const answer = await redeem(clientId, code);
  if (answer.status !== 200) throw new Error(answer.text);
  return { clientId, code, tokens: answer.body };
}

export function speak(
  token: string,
  method = "tools/list",
  params: object = {},
  path = "/mcp",
): Promise<TestAnswer> {
  return askHub(path, {
    body: { jsonrpc: "2.0", id: 1, method, params },
    headers: { authorization: `Bearer ${token}` },
  });
}
