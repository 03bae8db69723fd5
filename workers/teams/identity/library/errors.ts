import type { ErrorCode } from "../../../../shared/errors";
import { HubError } from "../../../platform/errors";

const factorMissing = "This account has no second factor yet. Set one up first.";
export const linkSpent =
  "This link is not good any more: it was used already, or it has expired. Ask for a new one.";
const again = "Sign in with your password again, then enter the code.";

/** The library's own codes, as the hub says them. What is not named here is told by its status alone. */
const known: Record<string, readonly [ErrorCode, string]> = {
  INVALID_EMAIL_OR_PASSWORD: ["unauthorized", "Email or password is not right."],
  INVALID_EMAIL: ["invalid_input", "body.email: must be an email address"],
  INVALID_PASSWORD: ["forbidden", "The password is not right."],
  PASSWORD_TOO_SHORT: ["invalid_input", "body.newPassword: must have 10 characters or more"],
  PASSWORD_TOO_LONG: ["invalid_input", "body.newPassword: must have 128 characters at most"],
  EMAIL_NOT_VERIFIED: [
    "forbidden",
    "This email address is not confirmed yet. Open the link in the mail we sent, or ask for a new one.",
  ],
  INVALID_TOKEN: ["link_expired", linkSpent],
  TOKEN_EXPIRED: ["link_expired", linkSpent],
  INVALID_CODE: ["unauthorized", "This code is not right. Enter the one your app shows now."],
  INVALID_BACKUP_CODE: ["unauthorized", "This recovery code is not right, or it was used already."],
  INVALID_TWO_FACTOR_COOKIE: ["unauthorized", again],
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: ["unauthorized", again],
  ACCOUNT_TEMPORARILY_LOCKED: [
    "locked_out",
    "Too many tries failed. Wait 15 minutes, then try again.",
  ],
  TOTP_ALREADY_ENABLED: [
    "conflict",
    "This account has a second factor already. Switch it off first to set up another.",
  ],
  TOTP_NOT_ENABLED: ["conflict", factorMissing],
  BACKUP_CODES_NOT_ENABLED: ["conflict", factorMissing],
  TWO_FACTOR_NOT_ENABLED: ["conflict", factorMissing],
  CREDENTIAL_ACCOUNT_NOT_FOUND: [
    "conflict",
    "This account has no password yet. Set one: POST /api/v1/account/password.",
  ],
  SESSION_NOT_FRESH: [
    "forbidden",
    "This asks for a sign-in within the last day. Sign out, sign in again, then try once more.",
  ],
  PASSKEY_NOT_FOUND: ["unauthorized", "This passkey is not known here."],
  AUTHENTICATION_FAILED: ["unauthorized", "The passkey could not be confirmed. Try again."],
  USER_NOT_VERIFIED: [
    "unauthorized",
    "The passkey did not check that it is you. Use one that asks for a finger, face or PIN.",
  ],
  CHALLENGE_NOT_FOUND: ["unauthorized", "This took too long, or was done already. Begin again."],
  FAILED_TO_VERIFY_REGISTRATION: [
    "invalid_input",
    "body.response: the passkey could not be confirmed. Begin again.",
  ],
  PREVIOUSLY_REGISTERED: ["conflict", "This passkey is registered already."],
  PROVIDER_NOT_FOUND: ["not_found", "This hub has no such provider. List them: /api/auth/methods."],
};

const byStatus: Record<number, readonly [ErrorCode, string]> = {
  400: ["invalid_input", "body: is not what is asked for here"],
  401: ["unauthorized", "Your session has ended. Sign in again."],
  403: ["forbidden", "This is not allowed."],
  404: ["not_found", "There is nothing at this address."],
  409: ["conflict", "Something else changed it at the same time. Try again."],
  422: ["conflict", "This could not be done. Try again."],
  429: ["locked_out", "Too many tries. Wait 15 minutes, then try again."],
};

export type LibraryError = { status: number; code: string | undefined };

/**
 * An error of the library in the hub's words, whatever the library itself would say. To somebody signed in what they
 * showed in vain is `forbidden`: `unauthorized` would say that their session has ended.
 */
export function toHubError({ status, code }: LibraryError, signedIn: boolean): HubError {
  const [named, sentence] = (code === undefined ? undefined : known[code]) ??
    byStatus[status] ?? ["internal" as const, "Signing in failed inside the hub. Try again."];
  const cause = new Error(`The identity library answered ${status} ${code ?? ""}`);
  const shown = signedIn && code !== undefined && code in known && named === "unauthorized";
  const told = shown ? (code === "CHALLENGE_NOT_FOUND" ? "conflict" : "forbidden") : named;
  return new HubError(told, sentence, {
    cause,
    ...(code === "EMAIL_NOT_VERIFIED" ? { details: { reason: "email_not_verified" } } : {}),
  });
}
