import { addressOf } from "../../platform/address";
import { sha256Hex } from "../../platform/encoding";
import type { Asking } from "../authenticate";
import { authorOf, endGrant, forgetTokens, type GrantRow } from "./end-grant";
import { credentialsOf, notPosted, oauthError, oauthFailure, readForm, withForm } from "./form";
import { issuerAt, type Issuer, type Props } from "./server";
import { isIssued, rowOf, storedGrant } from "./stored-grant";
import { executionOf, uncached } from "./token";

/**
 * `POST /oauth/revoke` (RFC 7009). Whichever token a client hands back, its whole grant ends: that holds at once and
 * everywhere, while a single token would have to be forgotten by every copy of KV.
 */
export async function revokeToken(asking: Asking): Promise<Response> {
  const { env, request, requestId } = asking;
  try {
    if (request.method !== "POST") return notPosted();
    const form = await readForm(request);
    form.delete("grant_type");
    const token = form.get("token") ?? "";
    if (token === "") return oauthError("invalid_request", "The parameter token is missing.");
    const { origin } = new URL(request.url);
    const address = addressOf(env, request);
    const issuer = issuerAt(env, origin, { address });
    const row = await grantOf(env, issuer, token);
    const forwarded = withForm(request, `${origin}/oauth/token`, form);
    const response = await issuer.server.fetch(forwarded, issuer.env, executionOf(asking));
    if (response.ok && row && row.clientId === credentialsOf(request, form).clientId) {
      await endGrant(authorOf(asking, row), row, {
        details: { reason: "client", clientName: row.clientName },
      });
      asking.waitUntil(forgetTokens(asking, [row]));
    }
    return uncached(response);
  } catch (error) {
    return oauthFailure(error, requestId);
  }
}

/** Whose token it is, if it is one that counts: its form alone proves nothing. */
async function grantOf(
  env: Env,
  { helpers }: Issuer,
  token: string,
): Promise<GrantRow | undefined> {
  if (!isIssued(token)) return undefined;
  const access = await helpers.unwrapToken<Props>(token);
  if (access) return rowOf(env, { clientId: access.grant.clientId, metadata: access.grant.props });
  const stored = await storedGrant(env, token);
  const hash = await sha256Hex(token);
  const good = [stored?.refreshTokenId, stored?.previousRefreshTokenId];
  return good.includes(hash) ? rowOf(env, stored) : undefined;
}
