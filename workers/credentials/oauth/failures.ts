import type { FlowFault } from "../../../shared/contracts/connect-flows";
import { HubError } from "../../platform/errors";
import type { TokenFailure } from "../auth/types";

/** What a token was asked for with: it decides what somebody can do about a no. */
export type AskedWith = "code" | "refresh" | "device" | "key";

type Meaning =
  | "invalid_grant"
  | "invalid_client"
  | "unauthorized_client"
  | "unsupported_grant_type"
  | "invalid_scope"
  | "invalid_request"
  | "server_error";

/** RFC 6749 5.2, and what vendors say in its place. */
const meanings: Record<string, Meaning> = {
  invalid_grant: "invalid_grant",
  access_denied: "invalid_grant",
  account_inactive: "invalid_grant",
  bad_refresh_token: "invalid_grant",
  bad_verification_code: "invalid_grant",
  code_already_used: "invalid_grant",
  consent_required: "invalid_grant",
  expired_token: "invalid_grant",
  interaction_required: "invalid_grant",
  invalid_code: "invalid_grant",
  invalid_refresh_token: "invalid_grant",
  invalid_token: "invalid_grant",
  login_required: "invalid_grant",
  token_expired: "invalid_grant",
  token_revoked: "invalid_grant",
  invalid_client: "invalid_client",
  bad_client_secret: "invalid_client",
  incorrect_client_credentials: "invalid_client",
  invalid_client_id: "invalid_client",
  invalid_client_secret: "invalid_client",
  unauthorized_client: "unauthorized_client",
  unsupported_grant_type: "unsupported_grant_type",
  invalid_scope: "invalid_scope",
  bad_redirect_uri: "invalid_request",
  invalid_redirect_uri: "invalid_request",
  invalid_request: "invalid_request",
  invalid_resource: "invalid_request",
  invalid_target: "invalid_request",
  redirect_uri_mismatch: "invalid_request",
  unsupported_response_type: "invalid_request",
  fatal_error: "server_error",
  internal_error: "server_error",
  rate_limited: "server_error",
  ratelimited: "server_error",
  server_error: "server_error",
  service_unavailable: "server_error",
  slow_down: "server_error",
  temporarily_unavailable: "server_error",
  too_many_requests: "server_error",
};

export type Refused = {
  host: string;
  status: number;
  /** The vendor's code, if it sent one. */
  error: string | undefined;
  /** Neither JSON nor a form. */
  isPage: boolean;
  retryAfterSeconds: number | undefined;
  with: AskedWith;
};

/** What a token endpoint's no means. */
export function judgeRefusal(refused: Refused): TokenFailure {
  const { host, status, retryAfterSeconds } = refused;
  if (refused.with === "device") {
    const answer = judgeDevice(refused);
    if (answer) return answer;
  }
  const said = refused.error?.toLowerCase() ?? "";
  const meaning = Object.hasOwn(meanings, said) ? meanings[said] : undefined;
  if (status >= 500 || [408, 425, 429].includes(status) || meaning === "server_error")
    return {
      kind: "transient",
      message: `${host} could not give a token just now (HTTP ${status}). Try again in a few minutes.`,
      ...(meaning === "server_error" ? { error: "server_error" } : {}),
      ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
      fault: "unreachable",
    };
  if (meaning !== undefined) return judgeMeaning(meaning, refused);
  if (refused.isPage || status === 404 || status === 405)
    return {
      kind: "misconfigured",
      message: `${host} has no token endpoint where the hub asked (HTTP ${status}). Check the account's address.`,
      fault: "misconfigured",
    };
  if (status === 401) return judgeMeaning("invalid_client", refused);
  // A wall before the vendor says no to everybody, and takes it back: no reason to call a sign-in dead.
  if (refused.with === "refresh" && status !== 400 && status >= 300)
    return judgeMeaning("invalid_request", refused);
  // Without a word of why: signing in again mends a dead token, and says more of everything else.
  return refused.with === "key"
    ? judgeMeaning("invalid_request", refused)
    : { ...judgeMeaning("invalid_grant", refused), error: "invalid_grant" };
}

/** RFC 8628 3.5. */
function judgeDevice({ host, error }: Refused): TokenFailure | undefined {
  switch (error) {
    case "authorization_pending":
    case "slow_down":
      return { kind: "transient", message: "The code has not been entered yet.", error };
    case "access_denied":
      return {
        kind: "revoked",
        message: `Access was denied at ${host}. Start again, and allow it there.`,
        error,
        fault: "denied",
      };
    case "expired_token":
      return {
        kind: "revoked",
        message: "The code was not entered in time. Start again.",
        error,
        fault: "expired",
      };
    case undefined:
    default:
      return undefined;
  }
}

function judgeMeaning(error: Exclude<Meaning, "server_error">, refused: Refused): TokenFailure {
  const { host } = refused;
  const wrong = (message: string): TokenFailure => ({
    kind: "misconfigured",
    message: `${host} ${message}`,
    error,
    fault: error === "invalid_scope" ? "scope_refused" : "misconfigured",
  });
  switch (error) {
    case "invalid_grant":
      return {
        kind: "revoked",
        message: `${host} ${deadGrant[refused.with]}`,
        error,
        fault: "token_refused",
      };
    case "invalid_client":
      return wrong(
        refused.with === "key"
          ? "does not know the client, or its secret or key is wrong. Check them, then enter them again."
          : "does not know the OAuth app, or its secret is wrong. Check the app's id and secret.",
      );
    case "unauthorized_client":
      return wrong(
        "does not let the app sign in this way. Allow it in the app's settings there, then try again.",
      );
    case "unsupported_grant_type":
      return wrong("does not know this way to sign in. Choose another for the connection.");
    case "invalid_scope":
      return wrong(
        "refused the permissions asked for. Allow them in the app's settings there, or ask for fewer.",
      );
    case "invalid_request":
      return wrong(
        "did not accept the request for a token. Check the redirect address in the app's settings there, and what was entered for the account.",
      );
  }
}

const deadGrant: Record<AskedWith, string> = {
  code: "did not accept the sign-in: its code was used before or is too old. Start again.",
  refresh: "no longer accepts the sign-in: it was withdrawn there or is too old. Reconnect.",
  device: "did not accept the code: it was denied or is too old. Start again.",
  key: "does not accept the key, or what was signed with it. Check what was entered, then enter it again.",
};

/** What a request that brought no answer means. */
export function judgeThrown(error: unknown, host: string): TokenFailure {
  if (error instanceof HubError) {
    if (error.code === "outbound_refused")
      return {
        kind: "misconfigured",
        message: error.message,
        fault: "refused_address",
      };
    // A placeholder nothing stands for: something was left out that the connector needs.
    if (error.code === "invalid_input")
      return { kind: "misconfigured", message: error.message, fault: "misconfigured" };
    if (error.code === "upstream_too_large") return unusable(host);
    return { kind: "transient", message: error.message, fault: "unreachable" };
  }
  return {
    kind: "transient",
    message: `${host} did not answer in time, or broke off. Try again in a few minutes.`,
    fault: "unreachable",
  };
}

/** An answer that calls itself a success and is none. A vendor's own trouble, until somebody finds otherwise. */
export const unusable = (host: string): TokenFailure => ({
  kind: "transient",
  message: `${host} answered with something that is no token. Try again in a few minutes; if it stays, check the account's address.`,
  fault: "token_invalid",
});

/** The same, for a sign-in that a person is waiting on. */
export function faultOf({ kind, message, fault }: TokenFailure): FlowFault {
  const byKind = {
    transient: "unreachable",
    revoked: "token_refused",
    misconfigured: "misconfigured",
  } as const;
  return { code: fault ?? byKind[kind], message };
}
