import { cookieText } from "../../platform/cookie";
import { toBase64Url } from "../../platform/encoding";

/** How long a sign-in may take, and how long its browser is known. */
export const flowMs = 10 * 60_000;

const cookieName = "__Host-plugboard-connect";
const sent = new RegExp(`(?:^|;)\\s*${cookieName}=([\\w-]{43})\\s*(?:;|$)`);

/** 32 random bytes, as text. */
export const randomSecret = (): string => toBase64Url(crypto.getRandomValues(new Uint8Array(32)));

/** The secret this browser was given when it began its first sign-in; one is good for all that go on in it. */
export const browserSecretOf = (request: Request): string | undefined =>
  sent.exec(request.headers.get("cookie") ?? "")?.[1];

export const browserCookie = (secret: string): string =>
  cookieText({ name: cookieName, value: secret, seconds: flowMs / 1000 });
