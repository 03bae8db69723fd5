import { createHmac, timingSafeEqual } from "node:crypto";
import { authSecret } from "../../platform/settings";
import { cookieAttributes, sessionCookieName } from "../session-cookie";

const signatureOf = (env: Env, value: string): string =>
  createHmac("sha256", authSecret(env)).update(value).digest("base64");

const fullName = (name: string) => `${sessionCookieName}.${name}`;

/** The value of one of the identity library's further cookies, if the hub signed it. */
export function signedCookie(env: Env, request: Request, name: string): string | undefined {
  for (const part of (request.headers.get("cookie") ?? "").split(";")) {
    const [key, sent] = part.trim().split(/=(.*)/s);
    if (key !== fullName(name) || sent === undefined) continue;
    const text = decoded(sent);
    const end = text.lastIndexOf(".");
    const [value, signature] = [text.slice(0, end), text.slice(end + 1)];
    const wanted = Buffer.from(signatureOf(env, value));
    const shown = Buffer.from(signature);
    if (wanted.length === shown.length && timingSafeEqual(wanted, shown)) return value;
  }
  return undefined;
}

/** Such a cookie, as the library would set it. */
export function setSignedCookie(
  env: Env,
  { name, value, seconds }: { name: string; value: string; seconds: number },
): string {
  const sent = encodeURIComponent(`${value}.${signatureOf(env, value)}`);
  const { path } = cookieAttributes;
  return `${fullName(name)}=${sent}; Max-Age=${seconds}; Path=${path}; HttpOnly; Secure; SameSite=Lax`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
