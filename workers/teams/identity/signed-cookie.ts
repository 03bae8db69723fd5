import { cookieText } from "../../platform/cookie";
import { decoded, isSignedBy, sessionCookieName, signed } from "../session-cookie";

const fullName = (name: string) => `${sessionCookieName}.${name}`;

/** The value of one of the identity library's further cookies, if the hub signed it. */
export function signedCookie(env: Env, request: Request, name: string): string | undefined {
  for (const part of (request.headers.get("cookie") ?? "").split(";")) {
    const [key, sent] = part.trim().split(/=(.*)/s);
    if (key !== fullName(name) || sent === undefined) continue;
    const text = decoded(sent);
    const end = text.lastIndexOf(".");
    const value = text.slice(0, end);
    if (isSignedBy(env, value, text.slice(end + 1))) return value;
  }
  return undefined;
}

/** Such a cookie, as the library would set it. */
export const setSignedCookie = (
  env: Env,
  { name, value, seconds }: { name: string; value: string; seconds: number },
): string => cookieText({ name: fullName(name), value: signed(env, value), seconds });
