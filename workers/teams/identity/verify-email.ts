import type * as z from "zod";
import type {
  AuthDone,
  SendVerificationEmail,
  SignedInPerson,
} from "../../../shared/contracts/auth";
import { addressOf } from "../../platform/address";
import { utf8 } from "../../platform/encoding";
import { HubError } from "../../platform/errors";
import { authSecret } from "../../platform/settings";
import type { Asking } from "../authenticate";
import { claim } from "../spent";
import { confirmEmailChange } from "./change-email";
import { askLibrary } from "./library/ask";
import { linkSpent } from "./library/errors";
import { attempt, byAddress } from "./lock-out";
import { mayMail } from "./password-reset";
import { signedIn, type Passed } from "./signed-in";

/** Sends the link once more, if there is an account that waits for it. The answer is the same where there is none. */
export async function sendVerificationEmail(
  asking: Asking,
  { email }: z.infer<typeof SendVerificationEmail>,
): Promise<Passed<AuthDone>> {
  // As nobody in particular: to somebody signed in the library would tell whose address it is.
  const stranger = { ...asking, request: withoutCookies(asking.request) };
  if (await mayMail(asking, "verification", email))
    await askLibrary(stranger, {
      method: "POST",
      path: "/send-verification-email",
      body: { email },
    });
  return { body: { status: true }, cookies: [] };
}

function withoutCookies(request: Request): Request {
  const headers = new Headers(request.headers);
  headers.delete("cookie");
  return new Request(request.url, { method: request.method, headers });
}

/** Spends the link of a mail: that of a new account signs in as well. Throws `link_expired`, `link_used`, `conflict`. */
export async function verifyEmail(asking: Asking, token: string): Promise<Passed<SignedInPerson>> {
  const { env, request } = asking;
  return attempt(env, byAddress(addressOf(env, request)), async () => {
    if (await confirmEmailChange(asking, token)) return { body: {}, cookies: [] };
    await requireSigned(env, token);
    // The library's token could be used again and again.
    if (!(await claim(env, `verify-email ${token}`)))
      throw new HubError("link_used", "This link was used already. Sign in.");
    const answer = await askLibrary(asking, {
      method: "GET",
      path: "/verify-email",
      query: { token },
    });
    return signedIn(asking, answer, "email");
  });
}

/** Only what the hub signed is remembered as spent. */
async function requireSigned(env: Env, token: string): Promise<void> {
  const { jwtVerify } = await import("jose");
  try {
    const secret = utf8(authSecret(env));
    const { payload } = await jwtVerify(token, secret, { algorithms: ["HS256"] });
    if (typeof payload["email"] === "string" && payload["updateTo"] === undefined) return;
  } catch (error) {
    throw linkExpired(error);
  }
  throw linkExpired();
}

const linkExpired = (cause?: unknown) => new HubError("link_expired", linkSpent, { cause });
