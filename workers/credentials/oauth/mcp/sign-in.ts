import * as oauth from "oauth4webapi";
import type { FlowFault } from "../../../../shared/contracts/connect-flows";
import type { Author } from "../../../audit";
import { judgeUrl, type OutboundPolicy } from "../../../platform/outbound";
import type { AuthState } from "../../auth/types";
import { clientAt, type GivenClient } from "./clients";
import { findSignInPlace, type ServerMetadata } from "./discover";
import { SignInFailure, signInFault } from "./fault";
import { policyNear } from "./outbound";
import { scopesToAsk } from "./scopes";

export type McpSignInAsked = {
  /** The server's MCP endpoint. */
  url: string;
  /** Wanted besides what the server asks for: by whoever connects, or had already by the connection. */
  scopes: readonly string[];
  /** One registered beforehand; it is kept for the issuer's next connections. */
  client: GivenClient | undefined;
  /** Whether that one may take the place of another, which the team's connections there sign in with. */
  mayReplaceClient: boolean;
  redirectUri: string;
  /** Comes back with the browser; whoever begins the flow makes it and checks it. */
  state: string;
};

export type McpSignInBegun =
  | {
      ok: true;
      /** Where to send the person's browser. */
      authorizeUrl: string;
      /** A secret, for `finishMcpSignIn`. */
      verifier: string;
      /** What was asked for. */
      scopes: string[];
      authState: AuthState;
    }
  | { ok: false; fault: FlowFault };

export async function beginMcpSignIn(ctx: Author, asked: McpSignInAsked): Promise<McpSignInBegun> {
  try {
    return { ok: true, ...(await begin(ctx, asked)) };
  } catch (error) {
    return { ok: false, fault: signInFault(error) };
  }
}

async function begin(ctx: Author, { url, client: given, redirectUri, ...asked }: McpSignInAsked) {
  const policy = policyNear(ctx.env, url);
  const place = await findSignInPlace(policy, url);
  const { server, resource } = place;
  const authorizeUrl = requireAuthorizeUrl(server, policy);
  const client = await clientAt(ctx, policy, {
    server,
    redirectUri,
    given,
    mayReplace: asked.mayReplaceClient,
  });
  const scopes = scopesToAsk({
    challenged: place.challenged,
    published: place.published,
    wanted: asked.scopes,
    known: server.scopes_supported ?? [],
  });
  const verifier = oauth.generateRandomCodeVerifier();
  const params = {
    response_type: "code",
    client_id: client.clientId,
    redirect_uri: redirectUri,
    state: asked.state,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
    resource,
    ...(scopes.length === 0 ? {} : { scope: scopes.join(" ") }),
    // OpenID Connect Core, 11: without it `offline_access` is to be ignored.
    ...(scopes.includes("offline_access") ? { prompt: "consent" } : {}),
    ...ownParams[server.issuer],
  };
  for (const [name, value] of Object.entries(params)) authorizeUrl.searchParams.set(name, value);
  const authState: AuthState = {
    issuer: server.issuer,
    tokenUrl: server.token_endpoint,
    ...(server.revocation_endpoint === undefined ? {} : { revokeUrl: server.revocation_endpoint }),
    resource,
    oauthClientId: client.id,
    ...(server.authorization_response_iss_parameter_supported === true
      ? { requiresIss: true }
      : {}),
  };
  return { authorizeUrl: authorizeUrl.href, verifier, scopes, authState };
}

/** What an authorization server wants to hear before it gives a refresh token, where it follows no standard. */
const ownParams: Record<string, Record<string, string>> = {
  "https://accounts.google.com": { access_type: "offline", prompt: "consent" },
};

/** Throws for one without PKCE, and for an address no browser may be sent to. */
function requireAuthorizeUrl(server: ServerMetadata, policy: OutboundPolicy): URL {
  const {
    issuer,
    authorization_endpoint: endpoint,
    code_challenge_methods_supported: methods,
  } = server;
  const host = new URL(issuer).host;
  const people = server.grant_types_supported?.includes("authorization_code") ?? true;
  if (endpoint === undefined || !people)
    throw new SignInFailure(
      "discovery_failed",
      `${host} has no page for people to sign in at. Connect with client credentials, a token or headers of yours.`,
    );
  if (!methods?.includes("S256"))
    throw new SignInFailure(
      "discovery_failed",
      `${host} does not say that it protects sign-ins with PKCE (S256), without which nobody is sent there. Ask who runs it to.`,
    );
  const verdict = judgeUrl(endpoint, policy);
  if (verdict.ok) return new URL(verdict.url);
  throw new SignInFailure(
    "refused_address",
    `${host} sends people to an address the hub sends nobody to. ${verdict.reason}`,
  );
}
