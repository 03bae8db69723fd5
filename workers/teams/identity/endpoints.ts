import { createRoute } from "@hono/zod-openapi";
import * as z from "zod";
import * as auth from "../../../shared/contracts/auth";
import type { ErrorCode } from "../../../shared/errors";
import { answers, failures, jsonBody } from "../../platform/http";

// Every endpoint of the identity library that can be reached, each with a body of its own. What is not here is 404.

const tags = ["Signing in"];
const security: never[] = [];

type Of<Out extends z.ZodType> = {
  operationId: string;
  summary: string;
  description?: string;
  answers: Out;
  says: string;
  fails?: readonly ErrorCode[];
};

const told = ({ operationId, summary, description }: Of<z.ZodType>) => ({
  operationId,
  summary,
  ...(description === undefined ? {} : { description }),
  tags,
  security,
});

const said = <Out extends z.ZodType>({ answers: shape, says, fails = [] }: Of<Out>) => ({
  200: answers(shape, says),
  ...failures("invalid_input", "forbidden", ...fails),
});

function post<const Path extends string, In extends z.ZodType, Out extends z.ZodType>(
  path: Path,
  takes: In,
  of: Of<Out>,
) {
  return createRoute({
    method: "post",
    path,
    ...told(of),
    request: jsonBody(takes),
    responses: said(of),
  });
}

function get<const Path extends string, Out extends z.ZodType>(path: Path, of: Of<Out>) {
  return createRoute({ method: "get", path, ...told(of), responses: said(of) });
}

export const methods = get("/methods", {
  operationId: "listSignInMethods",
  summary: "How one can sign in here",
  answers: auth.AuthMethods,
  says: "Ways to sign in",
});
export const outbox = get("/outbox", {
  operationId: "readOutbox",
  summary: "Read the mail a hub on your own machine kept to itself",
  description: "The newest 50. On a hub that sends its mail there is nothing at this address.",
  answers: auth.Outbox,
  says: "Mails, newest first",
  fails: ["not_found"],
});

export const signUp = post("/sign-up/email", auth.SignUpWithEmail, {
  operationId: "signUpWithEmail",
  summary: "Make an account",
  description:
    "It can be used once its address is confirmed by the link in a mail. The answer is the same for an address that has an account already.",
  answers: auth.SignedUp,
  says: "A mail is on its way",
  fails: ["locked_out"],
});
export const signInEmail = post("/sign-in/email", auth.SignInWithEmail, {
  operationId: "signInWithEmail",
  summary: "Sign in with email and password",
  description:
    "Answers with a session in the cookie `__Host-plugboard`, or with `twoFactorRedirect`: then a code is asked for.",
  answers: auth.SignedInPerson,
  says: "Signed in, or half of it",
  fails: ["locked_out"],
});
export const signInSocial = post("/sign-in/social", auth.SignInWithProvider, {
  operationId: "signInWithProvider",
  summary: "Begin to sign in with a provider",
  answers: auth.GoTo,
  says: "Where to send the browser",
  fails: ["not_found", "locked_out"],
});
export const signInOpenId = post("/sign-in/oauth2", auth.SignInWithOpenId, {
  operationId: "signInWithOpenId",
  summary: "Begin to sign in with an OpenID Connect provider of this hub",
  answers: auth.GoTo,
  says: "Where to send the browser",
  fails: ["not_found", "locked_out"],
});

const backParams = z.object({
  provider: z
    .string()
    .max(40)
    .openapi({ param: { name: "provider", in: "path" }, description: "The provider's id" }),
});
const backFrom = <const Path extends string>(path: Path, operationId: string) =>
  createRoute({
    method: "get",
    path,
    operationId,
    summary: "Where a provider sends the browser back to",
    tags,
    security,
    request: { params: backParams },
    responses: {
      302: { description: "On to the page that was asked for, or back with `?error=`" },
      ...failures("not_found"),
    },
  });
export const callback = backFrom("/callback/{provider}", "endSignInWithProvider");

export const requestReset = post("/request-password-reset", auth.RequestPasswordReset, {
  operationId: "requestPasswordReset",
  summary: "Ask for a mail with a link to set a new password",
  description: "The answer is the same where nobody has the address.",
  answers: auth.AuthDone,
  says: "If there is such an account, a mail is on its way",
  fails: ["locked_out"],
});
export const reset = post("/reset-password", auth.ResetPassword, {
  operationId: "resetPassword",
  summary: "Set a new password with the link of a mail",
  description: "The link is good once. Every session of the account ends.",
  answers: auth.AuthDone,
  says: "The password is set",
  fails: ["link_expired", "locked_out"],
});
export const sendVerification = post("/send-verification-email", auth.SendVerificationEmail, {
  operationId: "sendVerificationEmail",
  summary: "Ask once more for the mail that confirms an address",
  description: "The answer is the same where no account waits for it.",
  answers: auth.AuthDone,
  says: "If an account waits for it, a mail is on its way",
  fails: ["locked_out"],
});
export const verify = createRoute({
  method: "get",
  path: "/verify-email",
  operationId: "verifyEmail",
  summary: "Confirm an address with the link of a mail",
  description: "The link is good once. That of a new account signs in as well.",
  tags,
  security,
  request: { query: auth.VerifyEmailQuery },
  responses: {
    200: answers(auth.SignedInPerson, "The address is confirmed"),
    ...failures("invalid_input", "link_expired", "link_used", "conflict", "locked_out"),
  },
});
export const changePassword = post("/change-password", auth.ChangePassword, {
  operationId: "changePassword",
  summary: "Change your password",
  answers: auth.AuthDone,
  says: "The password is changed",
  fails: ["second_factor_required", "conflict", "locked_out"],
});
export const changeEmail = post("/change-email", auth.ChangeEmail, {
  operationId: "changeEmail",
  summary: "Change your email address",
  description:
    "It changes once the link in a mail to the new address is opened. As POST /api/v1/account/email.",
  answers: auth.AuthDone,
  says: "A mail is on its way",
  fails: ["second_factor_required", "locked_out"],
});

export const enableFactor = post("/two-factor/enable", auth.ConfirmPassword, {
  operationId: "beginSecondFactor",
  summary: "Begin to set up an authenticator app",
  description: "It counts once a first code was sent to `verify-totp`.",
  answers: auth.SecondFactorBegun,
  says: "What the app reads, and recovery codes: shown only now",
  fails: ["conflict", "locked_out"],
});
export const disableFactor = post("/two-factor/disable", auth.ConfirmPassword, {
  operationId: "disableSecondFactor",
  summary: "Switch your second factor off",
  answers: auth.AuthDone,
  says: "It is off",
  fails: ["second_factor_required", "locked_out"],
});
export const verifyTotp = post("/two-factor/verify-totp", auth.VerifyTotp, {
  operationId: "verifyTotp",
  summary: "Send a code of your authenticator app",
  description: "The second step of signing in; or, signed in, the first code of a new app.",
  answers: auth.SignedInPerson,
  says: "Signed in, or switched on",
  fails: ["conflict", "locked_out"],
});
export const verifyBackupCode = post("/two-factor/verify-backup-code", auth.VerifyBackupCode, {
  operationId: "verifyBackupCode",
  summary: "Sign in with a recovery code in place of the app",
  answers: auth.SignedInPerson,
  says: "Signed in; this code is used up",
  fails: ["conflict", "locked_out"],
});
export const backupCodes = post("/two-factor/generate-backup-codes", auth.ConfirmPassword, {
  operationId: "renewBackupCodes",
  summary: "Make new recovery codes",
  answers: auth.BackupCodes,
  says: "The old ones count no more; these are shown only now",
  fails: ["second_factor_required", "conflict", "locked_out"],
});
export const totpUri = post("/two-factor/get-totp-uri", auth.ConfirmPassword, {
  operationId: "getTotpUri",
  summary: "Show the secret of your authenticator app again",
  answers: auth.TotpUri,
  says: "What the app reads",
  fails: ["second_factor_required", "conflict", "locked_out"],
});

export const passkeyOptions = get("/passkey/generate-register-options", {
  operationId: "beginPasskey",
  summary: "Begin to add a passkey",
  answers: auth.PasskeyOptions,
  says: "For `navigator.credentials.create`",
  fails: ["second_factor_required"],
});
export const addPasskey = post("/passkey/verify-registration", auth.RegisterPasskey, {
  operationId: "addPasskey",
  summary: "Add a passkey",
  answers: auth.Passkey,
  says: "Added",
  fails: ["second_factor_required", "conflict"],
});
export const passkeySignInOptions = get("/passkey/generate-authenticate-options", {
  operationId: "beginPasskeySignIn",
  summary: "Begin to sign in with a passkey",
  answers: auth.PasskeyOptions,
  says: "For `navigator.credentials.get`",
  fails: ["locked_out"],
});
export const signInPasskey = post("/passkey/verify-authentication", auth.SignInWithPasskey, {
  operationId: "signInWithPasskey",
  summary: "Sign in with a passkey",
  description: "It counts as two factors: the hub asks that it checks whose it is.",
  answers: auth.SignedInPerson,
  says: "Signed in",
  fails: ["locked_out"],
});
export const listPasskeys = get("/passkey/list-user-passkeys", {
  operationId: "listPasskeys",
  summary: "List your passkeys",
  answers: auth.Passkeys,
  says: "Oldest first",
});
export const deletePasskey = post("/passkey/delete-passkey", auth.DeletePasskey, {
  operationId: "deletePasskey",
  summary: "Remove one of your passkeys",
  answers: auth.AuthDone,
  says: "Removed",
  fails: ["not_found", "second_factor_required"],
});
export const renamePasskey = post("/passkey/update-passkey", auth.RenamePasskey, {
  operationId: "renamePasskey",
  summary: "Rename one of your passkeys",
  answers: auth.Passkey,
  says: "Renamed",
  fails: ["not_found"],
});
export const jwks = get("/jwks", {
  operationId: "getJwks",
  summary: "The public keys access tokens are signed with (RFC 7517)",
  answers: auth.Jwks,
  says: "Those in use, and those of tokens that have not expired",
});
