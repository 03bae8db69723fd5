// What the hub answers without a session: the ways in, and the mails that lead back.
import { queryOptions } from "@tanstack/react-query";
import type { AuthMethods, SignedInPerson } from "../../../shared/contracts/auth";
import type { ShownInvitation } from "../../../shared/contracts/members";
import { call } from "../client";

type Token = { token: string };
const post = <Body = unknown>(path: string, json: object = {}) =>
  call<Body>("POST", `auth/${path}`, { json });

/** Which ways in this hub has. */
export const methodsQuery = queryOptions({
  queryKey: ["auth-methods"],
  queryFn: ({ signal }) => call<AuthMethods>("GET", "auth/methods", { signal }),
  staleTime: 60_000,
});

export const auth = {
  signInByLink: (json: Token) => post("sign-in", json),
  signIn: (json: { email: string; password: string }) =>
    post<SignedInPerson>("sign-in/email", json),
  /** Where to send the browser. */
  provider: (id: string, back: { callbackURL: string; errorCallbackURL: string }) =>
    ["github", "google"].includes(id)
      ? post<{ url: string }>("sign-in/social", { provider: id, ...back })
      : post<{ url: string }>("sign-in/oauth2", { providerId: id, ...back }),
  sso: (json: { email: string; next?: string }) => post<{ url: string }>("sso", json),
  verifyTotp: (json: { code: string }) => post("two-factor/verify-totp", json),
  verifyRecoveryCode: (json: { code: string }) => post("two-factor/verify-backup-code", json),
  signUp: (json: { name: string; email: string; password: string }) => post("sign-up/email", json),
  sendVerification: (json: { email: string }) => post("send-verification-email", json),
  verifyEmail: ({ token }: Token) =>
    call("GET", `auth/verify-email?token=${encodeURIComponent(token)}`),
  requestReset: (json: { email: string }) =>
    post("request-password-reset", { ...json, redirectTo: "/reset-password" }),
  resetPassword: (json: Token & { newPassword: string }) => post("reset-password", json),
  showInvitation: (json: Token) => post<ShownInvitation>("invitation", json),
  acceptInvitation: (json: Token & { name: string; password: string }) =>
    post("invitation/accept", json),
};
