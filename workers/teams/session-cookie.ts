import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { cookieText } from "../platform/cookie";
import { HubError } from "../platform/errors";
import { authSecret } from "../platform/settings";
import { randomText } from "./keys/api-key";

/** How long a session lives, whether it is used or not. */
export const sessionMs = 7 * 24 * 60 * 60_000;

export const sessionCookieName = "__Host-plugboard";
/** Every cookie of the hub has these. */
export const cookieAttributes = {
  path: "/",
  secure: true,
  httpOnly: true,
  sameSite: "lax",
} as const;
// 32 characters of token, a dot, and the signature in base64, all of it percent-encoded.
const sent = new RegExp(
  `(?:^|;)\\s*${sessionCookieName}=([0-9A-Za-z]{32})(?:\\.|%2E)([^;\\s]{40,70})\\s*(?:;|$)`,
);

/** A token as the registry keeps it: its SHA-256. */
export const tokenAtRest = (token: string): string =>
  createHash("sha256").update(token).digest("hex");

export const makeSessionToken = (): string => randomText(32);

/** The cookie as the identity library writes it: the token, a dot, and its HMAC-SHA256 under the hub's secret. */
export function sessionCookie(env: Env, token: string): string {
  return cookieText({
    name: sessionCookieName,
    value: signed(env, token),
    seconds: sessionMs / 1000,
  });
}

export const clearedCookie = cookieText({ name: sessionCookieName, value: "", seconds: 0 });

/** A cookie's value as the identity library signs it. */
export const signed = (env: Env, value: string): string =>
  encodeURIComponent(`${value}.${signatureOf(env, value)}`);

const signatureOf = (env: Env, token: string): string =>
  createHmac("sha256", authSecret(env)).update(token).digest("base64");

/** The session's token in the request's cookie, if the hub signed it. */
export function sessionTokenOf(env: Env, request: Request): string | undefined {
  return signedToken(env, request.headers.get("cookie") ?? "");
}

/** The token of the session that an answer's `Set-Cookie` headers open, if they open one. */
export function sessionTokenIn(env: Env, cookies: readonly string[]): string | undefined {
  const opening = cookies.findLast((cookie) => cookie.startsWith(`${sessionCookieName}=`)) ?? "";
  return signedToken(env, opening.split(";")[0] ?? "");
}

function signedToken(env: Env, cookies: string): string | undefined {
  const [, token, signature] = sent.exec(cookies) ?? [];
  if (token === undefined || signature === undefined) return undefined;
  return isSignedBy(env, token, decoded(signature)) ? token : undefined;
}

export function isSignedBy(env: Env, value: string, signature: string): boolean {
  const wanted = Buffer.from(signatureOf(env, value));
  const shown = Buffer.from(signature);
  return wanted.length === shown.length && timingSafeEqual(wanted, shown);
}

export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}

/**
 * A browser sends the cookie along whoever made it ask. A foreign `Origin` was refused when the request came in; what
 * could change something, or listens, must have one.
 */
export function requireOrigin({ method, headers }: Request): void {
  const reads = method === "GET" || method === "HEAD";
  if (headers.has("origin") || (reads && !headers.has("upgrade"))) return;
  throw new HubError(
    "forbidden",
    "With a session, this request must say which page it comes from. Send the header Origin with the hub's own address, or use an API key.",
  );
}
