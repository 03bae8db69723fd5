import { addressOf } from "../../platform/address";
import { sha256Hex } from "../../platform/encoding";
import type { Asking } from "../authenticate";
import { exchangeClientCredentials } from "./client-credentials";
import { UnusableClient } from "./client-documents";
import { authorOf, endGrant, forgetTokens } from "./end-grant";
import { notPosted, oauthError, oauthFailure, readForm, withForm } from "./form";
import { resourceAt } from "./resources";
import { issuerAt, type Issuer } from "./server";
import { claim, release, wasSpent } from "../spent";
import { rowOf, storedGrant, type StoredGrant } from "./stored-grant";

type Exchange = {
  asking: Asking;
  /** The code or refresh token that was sent. */
  secret: string;
  /** What the library keeps of the grant it names; that it is named proves nothing. */
  stored: StoredGrant | undefined;
  /** Asks the library, and says why it refused. */
  ask: () => Promise<{ response: Response; reason: string | undefined }>;
};

/** `POST /oauth/token`. */
export async function exchangeToken(asking: Asking): Promise<Response> {
  try {
    if (asking.request.method !== "POST") return notPosted();
    const form = await readForm(asking.request);
    const grantType = form.get("grant_type") ?? "";
    if (grantType === "")
      return oauthError("invalid_request", "The parameter grant_type is missing.");
    if (grantType === "client_credentials") return await exchangeClientCredentials(asking, form);
    if (grantType === "authorization_code")
      return await exchangeCode(await exchangeOf(asking, form, form.get("code") ?? ""));
    if (grantType === "refresh_token")
      return await exchangeRefreshToken(
        await exchangeOf(asking, form, form.get("refresh_token") ?? ""),
      );
    return oauthError("unsupported_grant_type", "This grant type is not supported.");
  } catch (error) {
    if (error instanceof UnusableClient)
      return oauthError("invalid_client", "Client not found.", { status: 401 });
    return oauthFailure(error, asking.requestId);
  }
}

async function exchangeOf(
  asking: Asking,
  form: URLSearchParams,
  secret: string,
): Promise<Exchange> {
  const { env, request } = asking;
  const { origin } = new URL(request.url);
  const stored = await storedGrant(env, secret);
  const kept = stored?.resource;
  let reason: string | undefined;
  const issuer: Issuer = issuerAt(env, origin, {
    address: addressOf(env, request),
    resources: [
      resourceAt(origin, form.get("resource") ?? ""),
      typeof kept === "string" ? resourceAt(origin, kept) : undefined,
    ],
    refused: (why) => (reason = why),
  });
  const ask = async () => {
    const forwarded = withForm(request, `${origin}/oauth/token`, form);
    const response = await issuer.server.fetch(forwarded, issuer.env, executionOf(asking));
    return { response: uncached(response), reason };
  };
  return { asking, secret, stored, ask };
}

export const executionOf = ({ waitUntil }: Asking) =>
  ({ waitUntil, passThroughOnException: () => {}, props: {} }) as unknown as ExecutionContext;

export function uncached(response: Response): Response {
  const answer = new Response(response.body, response);
  answer.headers.set("cache-control", "no-store");
  answer.headers.set("pragma", "no-cache");
  return answer;
}

/** A code is good once. Of many who come with it at once one gets tokens, and they are worth nothing: somebody else had it too. */
async function exchangeCode({ asking, secret, stored, ask }: Exchange): Promise<Response> {
  const { env } = asking;
  // Whoever only knows the names in a code spends nothing and ends nothing.
  if (stored?.authCodeId !== (await sha256Hex(secret))) return (await ask()).response;
  if (!(await claim(env, secret))) {
    await endAsStolen(asking, stored, "code_replay");
    return oauthError("invalid_grant", "The authorization code was used already.");
  }
  const { response, reason } = await ask();
  // Nothing was made of it: the client may try again with what it lacked. After a failure of the hub nobody knows.
  if (response.status >= 400 && response.status < 500 && reason !== "code_replayed")
    await release(env, secret);
  return response;
}

/**
 * Refresh tokens rotate; the one before is good until its successor is used. One that was exchanged and is older than
 * that is in two hands, and nobody can tell which is the thief's (RFC 9700 §4.14.2).
 */
async function exchangeRefreshToken({ asking, secret, stored, ask }: Exchange): Promise<Response> {
  const { env } = asking;
  const { response, reason } = await ask();
  if (response.ok) await claim(env, secret);
  else if (stored && reason === "refresh_token_mismatch" && (await wasSpent(env, secret)))
    await endAsStolen(asking, stored, "refresh_token_reuse");
  return response;
}

async function endAsStolen(asking: Asking, stored: StoredGrant, reason: string): Promise<void> {
  const row = await rowOf(asking.env, stored);
  if (!row) return;
  await endGrant(authorOf(asking, row), row, { details: { reason, clientName: row.clientName } });
  asking.waitUntil(forgetTokens(asking, [row]));
}
