import type { OAuthCodeMethod } from "../../../shared/catalogue/manifest";
import { fillAll, fillTemplate } from "../../platform/template";
import type { OAuthClient } from "./client";
import { scopeParams } from "./scopes";

export type Authorizing = {
  method: OAuthCodeMethod;
  params: Record<string, string>;
  client: OAuthClient;
  /** As the manifest writes them. */
  scopes: readonly string[];
  redirectUri: string;
  /** 16 characters or more: some vendors refuse fewer. */
  state: string;
  /** Of PKCE; not used with vendors that refuse it. */
  verifier: string;
  nonce?: string | undefined;
};

/** Where to send the person (RFC 6749 4.1.1, RFC 7636 4.3). Throws `invalid_input` for a parameter that is missing. */
export async function authorizeUrl(told: Authorizing): Promise<string> {
  const { method, params, client, redirectUri, state, verifier, nonce } = told;
  const values = {
    params,
    app: { clientId: client.clientId, clientSecret: "" },
  };
  const { calculatePKCECodeChallenge } = await import("oauth4webapi");
  const url = new URL(fillTemplate(method.authorizeUrl, values));
  const query = {
    response_type: "code",
    client_id: client.clientId,
    redirect_uri: redirectUri,
    state,
    ...scopeParams(method, told.scopes, values),
    ...(method.pkce !== "forbidden" && {
      code_challenge: await calculatePKCECodeChallenge(verifier),
      code_challenge_method: "S256",
    }),
    ...(method.nonce && nonce !== undefined && { nonce }),
    ...fillAll(method.authorizeParams, values),
  };
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url.href;
}
