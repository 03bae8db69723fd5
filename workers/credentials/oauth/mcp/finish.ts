import * as oauth from "oauth4webapi";
import type { FlowErrorCode, FlowFault } from "../../../../shared/contracts/connect-flows";
import { HubError } from "../../../platform/errors";
import type { AuthState, Obtained, TokenFailure } from "../../auth/types";
import type { OAuthClient } from "../client";
import { forgetClient } from "./forget-client";
import { SignInFailure, signInFault } from "./fault";
import { policyNear } from "./outbound";
import { authOf, clientOfLibrary, refusalOf, sealable, serverOf, tokenRequests } from "./token";

export type McpSignInReturned = {
  /** All of it. */
  query: URLSearchParams;
  verifier: string;
  authState: AuthState;
  client: OAuthClient;
  redirectUri: string;
};

/** Whose answer it is is checked before anything of it is used (RFC 9207). */
export async function endMcpSignIn(env: Env, returned: McpSignInReturned): Promise<Obtained> {
  try {
    return await exchange(env, returned);
  } catch (error) {
    if (refusalOf(error)?.code === "invalid_client") await forgetClient(env, returned.client);
    const { code, message } = faultOf(error);
    return { ok: false, failure: { kind: kindOf(code), message, fault: code } };
  }
}

function kindOf(code: FlowErrorCode): TokenFailure["kind"] {
  if (code === "unreachable") return "transient";
  return code === "misconfigured" || code === "refused_address" ? "misconfigured" : "revoked";
}

async function exchange(
  env: Env,
  { query, verifier, authState, client, redirectUri }: McpSignInReturned,
): Promise<Obtained> {
  const [server, known] = [serverOf(authState), clientOfLibrary(client)];
  requireIssuer(query, authState);
  const callback = readCallback(server, known, query);
  const { resource = "" } = authState;
  const response = await oauth.authorizationCodeGrantRequest(
    server,
    known,
    authOf(client),
    callback,
    redirectUri,
    verifier,
    {
      ...tokenRequests(env, policyNear(env, resource)),
      additionalParameters: { resource },
    },
  );
  const said = await oauth.processAuthorizationCodeResponse(server, known, response);
  return { ok: true, ...sealable(said, { before: {}, now: Date.now() }), params: {} };
}

function readCallback(
  server: oauth.AuthorizationServer,
  client: oauth.Client,
  query: URLSearchParams,
): URLSearchParams {
  try {
    const callback = oauth.validateAuthResponse(server, client, query, oauth.skipStateCheck);
    if (query.getAll("code").length === 1) return callback;
  } catch (error) {
    if (error instanceof oauth.AuthorizationResponseError)
      throw failure(
        Object.hasOwn(atAuthorization, error.error)
          ? (atAuthorization[error.error] ?? "callback_invalid")
          : "callback_invalid",
        { cause: error },
      );
    throw failure("callback_invalid", { cause: error });
  }
  throw failure("callback_invalid");
}

/** Simple comparison, no spelling forgiven (RFC 9207, 2.4). */
function requireIssuer(query: URLSearchParams, { issuer, requiresIss }: AuthState): void {
  const said = query.getAll("iss");
  if (said.length === 0 && requiresIss !== true) return;
  if (said.length === 1 && said[0] === issuer) return;
  throw failure("issuer_mismatch");
}

const sentences = {
  issuer_mismatch:
    "The answer came from another server than the one you were sent to, so it was not used. Start again, and check the server's address.",
  callback_invalid:
    "The server's sign-in sent the browser back without an answer the hub can use. Start again.",
  denied: "Access was not allowed at the server's sign-in. Start again, and allow it there.",
  scope_refused:
    "The server's sign-in does not give what was asked for. Start again with fewer permissions.",
  unreachable: "The server's sign-in did not work just now. Start again later.",
  token_refused:
    "The server's sign-in gave no token for this. Start again; if it stays, ask who runs it.",
  token_invalid:
    "The server's sign-in answered with something that is no token. Start again; if it stays, ask who runs it.",
  misconfigured:
    "The server's sign-in does not know the hub as this client. Check the client id and secret, or start again without them.",
} as const satisfies Partial<Record<FlowErrorCode, string>>;

const failure = (code: keyof typeof sentences, options?: ErrorOptions) =>
  new SignInFailure(code, sentences[code], options);

/** Codes of RFC 6749, 4.1.2.1, and OpenID Connect Core, 3.1.2.6. */
const atAuthorization: Record<string, keyof typeof sentences> = {
  access_denied: "denied",
  consent_required: "denied",
  interaction_required: "denied",
  login_required: "denied",
  account_selection_required: "denied",
  invalid_scope: "scope_refused",
  unauthorized_client: "misconfigured",
  server_error: "unreachable",
  temporarily_unavailable: "unreachable",
};

function faultOf(error: unknown): FlowFault {
  const fault = (code: keyof typeof sentences) => failure(code).fault;
  if (error instanceof SignInFailure || error instanceof HubError) {
    const known = signInFault(error);
    return known.code === "discovery_failed" ? fault("token_invalid") : known;
  }
  const refusal = refusalOf(error);
  if (refusal) {
    if (refusal.code === "invalid_client" || refusal.code === "unauthorized_client")
      return fault("misconfigured");
    if (refusal.code === "invalid_scope") return fault("scope_refused");
    if (refusal.status >= 500 || refusal.status === 429) return fault("unreachable");
    return fault(refusal.status === 200 ? "token_invalid" : "token_refused");
  }
  const unreadable =
    error instanceof oauth.UnsupportedOperationError ||
    error instanceof oauth.OperationProcessingError;
  if (unreadable) return fault("token_invalid");
  throw error;
}
