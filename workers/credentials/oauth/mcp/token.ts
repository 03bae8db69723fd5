// One request to a token endpoint, and what it brought.
import * as oauth from "oauth4webapi";
import { scopesIn } from "../../../platform/bearer-challenge";
import type { OutboundPolicy } from "../../../platform/outbound";
import type { AuthState, SecretRecord } from "../../auth/types";
import type { OAuthClient } from "../client";
import { clientAuth } from "../client-auth";
import { SignInFailure } from "./fault";
import { viaGuard } from "./outbound";

/** The authorization server as far as tokens need it. */
export const serverOf = ({
  issuer,
  tokenUrl,
  requiresIss,
}: AuthState): oauth.AuthorizationServer => ({
  issuer: issuer ?? "",
  ...(tokenUrl === undefined ? {} : { token_endpoint: tokenUrl }),
  ...(requiresIss === true ? { authorization_response_iss_parameter_supported: true } : {}),
});

export const clientOfLibrary = ({ clientId }: OAuthClient): oauth.Client => ({
  client_id: clientId,
});

/** How the hub shows who it is. */
export const authOf = (client: OAuthClient): oauth.ClientAuth =>
  clientAuth(oauth, client, client.clientAuth ?? "basic");

/** Requests of tokens go through the guard. An id token is not what the hub asks for, and is not read. */
export const tokenRequests = (env: Env, policy: OutboundPolicy) =>
  viaGuard(env, policy, ({ id_token: _idToken, ...body }) => body);

const longestToken = 16 * 1024;
const longestLifeSeconds = 10 * 365 * 24 * 3600;

/** The token as it is sealed. Throws `SignInFailure` for one that no request could carry. */
export function sealable(
  said: oauth.TokenEndpointResponse,
  { before, now }: { before: SecretRecord; now: number },
): { record: SecretRecord; expiresAt: number | null; scopes: string[] | null } {
  const { access_token: accessToken, refresh_token: refreshToken, token_type: type } = said;
  for (const token of [accessToken, refreshToken ?? "-"])
    if (token.length > longestToken || !/^[\x21-\x7e]+$/.test(token)) throw unusable();
  if (type.toLowerCase() !== "bearer") throw unusable();
  const seconds = said.expires_in ?? 0;
  const expiresAt = seconds > 0 ? now + Math.min(seconds, longestLifeSeconds) * 1000 : null;
  const scopes = said.scope === undefined ? null : scopesIn(said.scope);
  const { expiresAt: _ended, scope: _scope, ...kept } = before;
  const record: SecretRecord = {
    ...kept,
    accessToken,
    tokenType: "Bearer",
    obtainedAt: String(now),
    ...(refreshToken === undefined ? {} : { refreshToken }),
    ...(expiresAt === null ? {} : { expiresAt: String(expiresAt) }),
    ...(scopes === null ? {} : { scope: scopes.join(" ") }),
  };
  return { record, expiresAt, scopes };
}

const unusable = () =>
  new SignInFailure(
    "token_invalid",
    "The server's sign-in answered with a token that the hub cannot use. Tell who runs it.",
  );

/** Codes of RFC 6749, 5.2, and 8707, 2: all that is told of a refusal. */
const knownErrors = [
  "invalid_request",
  "invalid_client",
  "invalid_grant",
  "unauthorized_client",
  "unsupported_grant_type",
  "invalid_scope",
  "invalid_target",
] as const;
export type TokenError = (typeof knownErrors)[number];

type Refusal = { status: number; code: TokenError | undefined; retryAfter: string | null };

/** How a token endpoint refused: the code where it is a known one, and the status. Undefined for what is no refusal. */
export function refusalOf(error: unknown): Refusal | undefined {
  const known = (code: unknown) => knownErrors.find((one) => one === code);
  if (error instanceof oauth.ResponseBodyError)
    return {
      status: error.status,
      code: known(error.error),
      retryAfter: error.response.headers.get("retry-after"),
    };
  if (error instanceof oauth.WWWAuthenticateChallengeError)
    return {
      status: error.status,
      // A 401 of a token endpoint is about the client, whatever it calls it.
      code: known(error.cause[0]?.parameters["error"]) ?? "invalid_client",
      retryAfter: error.response.headers.get("retry-after"),
    };
  if (error instanceof oauth.OperationProcessingError && error.cause instanceof Response)
    return {
      status: error.cause.status,
      code: undefined,
      retryAfter: error.cause.headers.get("retry-after"),
    };
  return undefined;
}
