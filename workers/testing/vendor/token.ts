import { createHash } from "node:crypto";
import { checkClient } from "./client.ts";
import {
  json,
  paramsOf,
  put,
  Refusal,
  requireHeaders,
  requireParams,
  type Asked,
  type Reply,
} from "./exchange.ts";
import type { Code, Grants } from "./grants.ts";
import { idToken } from "./id-token.ts";
import { checkAssertion } from "./assertion.ts";
import type { Quirks } from "./quirks.ts";

type Grant = Code["grant"];

/** The token endpoint: checks what it is sent to the letter, and answers as this vendor does. */
export async function giveToken(asked: Asked, quirks: Quirks, grants: Grants): Promise<Reply> {
  const { token, client } = quirks;
  if (asked.method !== "POST") throw new Refusal("invalid_request", "Only POST is answered.", 405);
  const params = paramsOf(asked, token.body);
  requireHeaders(asked, token.headers);
  if (quirks.jwt?.in === "bearer") {
    const grant = grants.begin("");
    await checkAssertion(asked.headers["authorization"]?.replace("Bearer ", ""), quirks.jwt);
    requireParams(params, token.params);
    return answer(asked, { quirks, grants, grant, refreshing: false, nonce: null });
  }
  const type = params.get("grant_type") ?? "";
  if (!token.grantTypes.includes(type) && type !== token.params["grant_type"])
    throw new Refusal("unsupported_grant_type", `The grant type ${type} is not supported.`);
  if (type === "refresh_token") {
    checkClient(asked, params, { client, style: token.clientAuth });
    requireParams(params, token.refreshParams);
    const given = params.get("refresh_token") ?? "";
    const redeemed =
      given === token.typedRefreshToken ? grants.begin("") : grants.redeem(given, token.rotation);
    if (typeof redeemed === "string") throw new Refusal("invalid_grant", redeemed);
    if (token.endsOldToken) grants.endAccessOf(redeemed);
    return answer(asked, { quirks, grants, grant: redeemed, refreshing: true, nonce: null });
  }
  requireParams(params, token.params);
  if (quirks.jwt) {
    await checkAssertion(params.get(quirks.jwt.in), quirks.jwt);
    const grant = grants.begin(params.get("scope") ?? "");
    return answer(asked, { quirks, grants, grant, refreshing: false, nonce: null });
  }
  checkClient(asked, params, { client, style: token.clientAuth });
  const { grant, nonce } = redeemGrant(type, params, grants);
  return answer(asked, { quirks, grants, grant, refreshing: false, nonce });
}

function redeemGrant(
  type: string,
  params: Map<string, string>,
  grants: Grants,
): { grant: Grant; nonce: string | null } {
  switch (type) {
    case "authorization_code": {
      const code = grants.codes.get(params.get("code") ?? "");
      if (!code) throw new Refusal("invalid_grant", "The code is unknown or was used before.");
      grants.codes.delete(params.get("code") ?? "");
      requireParams(params, { redirect_uri: code.redirectUri });
      const verifier = params.get("code_verifier");
      const shown = verifier && createHash("sha256").update(verifier).digest("base64url");
      if ((code.challenge ?? undefined) !== shown)
        throw new Refusal("invalid_grant", "code_verifier does not fit the challenge.");
      return { grant: code.grant, nonce: code.nonce };
    }
    case "urn:ietf:params:oauth:grant-type:device_code": {
      const device = grants.devices.get(params.get("device_code") ?? "");
      if (!device) throw new Refusal("expired_token", "The device code is unknown.");
      if (device.decision === "waiting")
        throw new Refusal("authorization_pending", "Nobody has entered the code yet.");
      grants.devices.delete(params.get("device_code") ?? "");
      if (device.decision === "denied") throw new Refusal("access_denied", "It was denied.");
      return { grant: device.grant, nonce: null };
    }
    default:
      // What is traded stands among the parameters, and was checked there.
      return { grant: grants.begin(params.get("scope") ?? ""), nonce: null };
  }
}

async function answer(
  asked: Asked,
  given: {
    quirks: Quirks;
    grants: Grants;
    grant: Grant;
    refreshing: boolean;
    nonce: string | null;
  },
): Promise<Reply> {
  const { quirks, grants, grant, refreshing } = given;
  const { token } = quirks;
  const body: Record<string, unknown> = structuredClone(token.answer);
  if (token.errors === "ok-false") body["ok"] = true;
  put(body, token.tokenAt, grants.giveAccess(grant));
  body["token_type"] ??= token.tokenType;
  if (token.expiresIn !== null) body["expires_in"] = token.expiresIn;
  if (token.expiry) put(body, token.expiry.at, endOf(token));
  if (grant.scope !== "") body["scope"] ??= grant.scope;
  if (refreshing ? token.rotation !== "none" : wantsRefresh(quirks, grant))
    put(body, token.refreshTokenAt, grants.giveRefresh(grant));
  if (token.idToken && !refreshing)
    body["id_token"] = await idToken(token.idToken, {
      audience: quirks.client.id,
      nonce: given.nonce,
    });
  for (const name of token.omit) delete body[name];
  const asForm =
    token.type === "form" ||
    (token.type === "form-unless-asked" &&
      !(asked.headers["accept"] ?? "").includes("application/json"));
  if (!asForm) return json(body, token.status);
  return {
    status: token.status,
    headers: { "content-type": "application/x-www-form-urlencoded; charset=utf-8" },
    body: new URLSearchParams(
      Object.entries(body).map(([name, value]) => [name, String(value)]),
    ).toString(),
  };
}

function wantsRefresh({ token }: Quirks, { asked, scope }: Grant): boolean {
  const rule = token.refreshTokens;
  if (typeof rule === "string") return rule === "always";
  return "scope" in rule
    ? scope.split(token.scopeSeparator).includes(rule.scope)
    : asked[rule.param] === rule.value;
}

function endOf({ expiry, expiresIn }: Quirks["token"]): string | number {
  const seconds = Number(expiresIn ?? 3600);
  const end = Date.now() + seconds * 1000;
  if (expiry?.as === "iso") return new Date(end).toISOString();
  return expiry?.as === "epoch" ? Math.floor(end / 1000) : seconds;
}

/** How this vendor says no. */
export function refusalReply({ error, status }: Refusal, { token }: Quirks): Reply {
  const description = `The vendor's own words: ${error} <b>happened</b>`;
  switch (token.errors) {
    case "rfc":
      return json({ error, error_description: description }, status);
    case "200-error":
      return json({ error, error_description: description });
    case "ok-false":
      return json({ ok: false, error });
  }
}
