import type { Manifest, OAuthCodeMethod } from "../../../shared/catalogue/manifest";
import { fillTemplate } from "../../platform/template";
import type { Obtained, SecretRecord } from "../auth/types";
import type { OAuthClient } from "./client";
import { ofMethod } from "./declared";
import { requestToken } from "./token-request";

export type Exchange = {
  manifest: Pick<Manifest, "params">;
  method: OAuthCodeMethod;
  /** Typed, and those the redirect brought. */
  params: Record<string, string>;
  client: OAuthClient;
  code: string;
  /** The same that the person was sent away with. */
  redirectUri: string;
  verifier: string;
  nonce?: string | undefined;
  /** What was typed besides: it is sealed with the token. */
  fields?: SecretRecord;
  timeoutMs?: number;
};

/** A code for tokens (RFC 6749 4.1.3). */
export async function exchangeCode(env: Env, exchange: Exchange): Promise<Obtained> {
  const { manifest, method, params, client, code, redirectUri, verifier, nonce } = exchange;
  const { fields = {}, timeoutMs } = exchange;
  const answer = await requestToken(env, {
    shape: method,
    values: { params, secret: fields },
    client,
    grant: {
      type: "authorization_code",
      params: {
        code,
        redirect_uri: redirectUri,
        ...(method.pkce !== "forbidden" && { code_verifier: verifier }),
      },
      nonce: method.nonce ? nonce : undefined,
      issuer:
        method.issuer &&
        fillTemplate(method.issuer, { params, app: { clientId: client.clientId } }),
    },
    declared: ofMethod(manifest.params, method.id),
    timeoutMs,
  });
  if (!answer.ok) return answer;
  const { token, expiresAt, scopes, params: brought } = answer;
  return { ok: true, record: { ...fields, ...token }, expiresAt, scopes, params: brought };
}
