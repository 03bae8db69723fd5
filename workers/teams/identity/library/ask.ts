import { bumpEpoch } from "../../../limits";
import { addressOf } from "../../../platform/address";
import type { Asking } from "../../authenticate";
import { findSession, liveSession, type SessionRow } from "../../principals/session";
import { requireOrigin, sessionTokenIn } from "../../session-cookie";
import { runAsked, type Asked } from "./asked";
import { toHubError } from "./errors";
import { libraryOf } from "./load";

export type Ask = {
  method: "GET" | "POST";
  path: string;
  body?: object;
  query?: URLSearchParams | Record<string, string>;
  /** The OpenID Connect provider it is about. */
  provider?: string;
};
/** Of the library's answers, what is passed on. */
export type LibraryBody = {
  id?: string;
  user?: { id: string; name: string; email: string; emailVerified: boolean };
  twoFactorRedirect?: boolean;
  url?: string;
  totpURI?: string;
  backupCodes?: string[];
};
export type Answer = {
  body: LibraryBody;
  cookies: string[];
  location: string | null;
  /** The session it opened, if it did. */
  opened: SessionRow | undefined;
  /** The session the request came with. */
  session: SessionRow | undefined;
};

const signsIn = /^\/(sign-in|passkey\/verify-authentication)/;

/** Asks the identity library as the caller's browser would. Throws the hub's own errors. */
export async function askLibrary(asking: Asking, ask: Ask): Promise<Answer> {
  const { env, request, now, waitUntil } = asking;
  if (request.headers.has("cookie")) requireOrigin(request);
  const { origin } = new URL(request.url);
  const session = await liveSession(asking);
  const about: Asked = { address: addressOf(env, request), now, session, ended: [], waitUntil };
  const library = await libraryOf(env, origin, ask.provider);
  try {
    const response = await runAsked(about, () => library.handler(requestOf(asking, ask)));
    const body: unknown = await response.json().catch(() => ({}));
    if (response.status >= 400)
      throw toHubError(
        { status: response.status, code: codeOf(body) },
        session !== undefined && !signsIn.test(ask.path),
      );
    const cookies = response.headers.getSetCookie();
    const token = sessionTokenIn(env, cookies);
    const opened = token === undefined ? undefined : await findSession(env, token);
    return {
      body: body ?? {},
      cookies,
      location: response.headers.get("location"),
      opened,
      session,
    };
  } finally {
    await tellTeams(env, about);
  }
}

/** Of the caller's headers the library gets those it needs and no other. */
function requestOf({ request }: Asking, { method, path, body, query }: Ask): Request {
  const url = new URL(`/api/auth${path}`, request.url);
  url.search = new URLSearchParams(query).toString();
  const headers = new Headers({ origin: url.origin });
  for (const name of ["cookie", "user-agent"]) {
    const value = request.headers.get(name);
    if (value !== null) headers.set(name, value.slice(0, name === "cookie" ? 8000 : 300));
  }
  if (body === undefined) return new Request(url, { method, headers });
  headers.set("content-type", "application/json");
  return new Request(url, { method, headers, body: JSON.stringify(body) });
}

const codeOf = (body: unknown): string | undefined =>
  typeof body === "object" && body !== null && "code" in body && typeof body.code === "string"
    ? body.code
    : undefined;

/** What Workers remember of sessions that ended is void. One that was replaced leaves its pages open. */
async function tellTeams(env: Env, { ended, session }: Asked): Promise<void> {
  const replaced = (id: string) => session?.id === id;
  for (const { id: sessionId, teamId } of ended) {
    const change = replaced(sessionId) ? { changed: { sessionId } } : { ended: { sessionId } };
    if (teamId) await bumpEpoch({ env, teamId }, change);
  }
}
