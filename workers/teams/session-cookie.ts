import { HubError } from "../platform/errors";
import { randomText } from "./api-key";

/** How long a session lives, whether it is used or not. */
export const sessionMs = 7 * 24 * 60 * 60_000;

const name = "__Host-plugboard";
const attributes = "Path=/; Secure; HttpOnly; SameSite=Lax";
const secretLength = 43;
const sent = new RegExp(`(?:^|;)\\s*${name}=([0-9A-Za-z]{${secretLength}})\\s*(?:;|$)`);

export const makeSessionSecret = (): string => randomText(secretLength);

export const sessionCookie = (secret: string): string =>
  `${name}=${secret}; ${attributes}; Max-Age=${sessionMs / 1000}`;

export const clearedCookie = `${name}=; ${attributes}; Max-Age=0`;

/** The secret in the request's cookie, if there is one of its form. */
export function sessionSecretOf(request: Request): string | undefined {
  return sent.exec(request.headers.get("cookie") ?? "")?.[1];
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
