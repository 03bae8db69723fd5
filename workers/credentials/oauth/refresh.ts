import type { Obtained, SecretRecord, SignIn, TokenFailure } from "../auth/types";
import type { OAuthClient } from "./client";
import { declaredParams } from "./declared";
import { withToken } from "./token-answer";
import { requestToken } from "./token-request";

/** RFC 6749, 6, with the provider's quirks. */
export async function refreshToken(
  env: Env,
  { connector, method, params, state }: SignIn,
  {
    record,
    client,
    timeoutMs,
  }: { record: SecretRecord; client: OAuthClient | null; timeoutMs?: number },
): Promise<Obtained> {
  if (method.kind !== "oauth2_code" && method.kind !== "oauth2_device")
    throw new Error(`The method ${method.kind} has no token to renew.`);
  const { refreshToken } = record;
  if (refreshToken === undefined)
    return failure(
      "revoked",
      "The sign-in cannot be renewed: the vendor gave nothing to do it with. Reconnect.",
    );
  if (client === null)
    return failure(
      "misconfigured",
      "The OAuth app of this connection is gone. Enter it again, then reconnect.",
    );
  const answer = await requestToken(env, {
    shape: method,
    values: { params, secret: record },
    client,
    grant: { type: "refresh_token", params: { refresh_token: refreshToken } },
    declared: declaredParams(connector, method.id),
    tokenUrl: state?.tokenUrl,
    timeoutMs,
  });
  if (!answer.ok) return answer;
  const { token, expiresAt, scopes, params: brought } = answer;
  return { ok: true, record: withToken(record, token), expiresAt, scopes, params: brought };
}

const failure = (kind: TokenFailure["kind"], message: string): Obtained => ({
  ok: false,
  failure: { kind, message },
});
