import * as oauth from "oauth4webapi";
import { HubError } from "../../../platform/errors";
import { retryAfterSeconds } from "../../../platform/retry-after";
import type { Obtained, SecretRecord, SignIn, TokenFailure } from "../../auth/types";
import type { OAuthClient } from "../client";
import { forgetClient } from "./forget-client";
import { SignInFailure } from "./fault";
import { policyNear } from "./outbound";
import { authOf, clientOfLibrary, refusalOf, sealable, serverOf, tokenRequests } from "./token";

/** RFC 6749, 6, for the server the token is for (RFC 8707). One request; nothing that can be said is thrown. */
export async function renewMcpToken(
  env: Env,
  { state, params }: SignIn,
  { record, client }: { record: SecretRecord; client: OAuthClient | null },
): Promise<Obtained> {
  const refreshToken = record["refreshToken"];
  if (refreshToken === undefined)
    return failed("revoked", "The server gave nothing to renew the token with. Sign in again.");
  if (state?.tokenUrl === undefined || state.resource === undefined || client === null)
    return failed("revoked", "What the hub knew of the server's sign-in is gone. Sign in again.");
  const [server, known] = [serverOf(state), clientOfLibrary(client)];
  try {
    const response = await oauth.refreshTokenGrantRequest(
      server,
      known,
      authOf(client),
      refreshToken,
      {
        ...tokenRequests(env, policyNear(env, state.resource)),
        additionalParameters: { resource: state.resource },
      },
    );
    const said = await oauth.processRefreshTokenResponse(server, known, response);
    return { ok: true, ...sealable(said, { before: record, now: Date.now() }), params };
  } catch (error) {
    if (refusalOf(error)?.code === "invalid_client") await forgetClient(env, client);
    return { ok: false, failure: failureOf(error) };
  }
}

const failed = (kind: TokenFailure["kind"], message: string): Obtained => ({
  ok: false,
  failure: { kind, message },
});

function failureOf(error: unknown): TokenFailure {
  if (error instanceof HubError)
    return {
      kind: error.code === "outbound_refused" ? "misconfigured" : "transient",
      message: error.message,
    };
  const refusal = refusalOf(error);
  if (!refusal && !(error instanceof SignInFailure) && !isOfLibrary(error)) throw error;
  const { code, status = 200, retryAfter = null } = refusal ?? {};
  const seconds = retryAfterSeconds(retryAfter, Date.now());
  const told = {
    ...(code === undefined ? {} : { error: code }),
    ...(seconds === undefined ? {} : { retryAfterSeconds: seconds }),
  };
  switch (code) {
    case "invalid_grant":
    case "invalid_scope":
    case "invalid_target":
      return {
        kind: "revoked",
        message: "The server's sign-in ended the access. Sign in again.",
        ...told,
      };
    case "invalid_client":
    case "unauthorized_client":
      return {
        kind: "revoked",
        message: "The server's sign-in no longer knows the hub as its client. Sign in again.",
        ...told,
      };
    case "invalid_request":
    case "unsupported_grant_type":
      return {
        kind: "misconfigured",
        message:
          "The server's sign-in does not renew tokens as the standard says. Ask who runs it.",
        ...told,
      };
    case undefined:
      // A 400 without a code says no more than that it was refused; any other may come of what stands before it.
      return status === 400
        ? {
            kind: "revoked",
            message: "The server's sign-in refused to renew the token. Sign in again.",
            ...told,
          }
        : {
            kind: "transient",
            message: "The server's sign-in did not renew the token just now. It is tried again.",
            ...told,
          };
  }
}

const isOfLibrary = (error: unknown): boolean =>
  error instanceof oauth.OperationProcessingError ||
  error instanceof oauth.UnsupportedOperationError;
