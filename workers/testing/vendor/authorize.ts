import { createHmac } from "node:crypto";
import { Refusal, requireParams, type Asked, type Reply } from "./exchange.ts";
import { Grants } from "./grants.ts";
import type { Quirks } from "./quirks.ts";

const escape = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");

/** The page a person is sent to. A wrong address is told to them and never sent back. */
export function authorize(asked: Asked, quirks: Quirks, grants: Grants): Reply {
  const { query } = asked;
  const { authorize, client } = quirks;
  for (const name of query.keys())
    if (query.getAll(name).length > 1)
      throw new Refusal("invalid_request", `${name} is there twice.`);
  requireParams(query, { client_id: client.id, response_type: "code", ...authorize.params });
  for (const name of authorize.refuses)
    if (query.has(name)) throw new Refusal("invalid_request", `${name} is not wanted.`);
  const redirectUri = query.get("redirect_uri") ?? "";
  if (!URL.canParse(redirectUri)) throw new Refusal("invalid_request", "redirect_uri is no URL.");
  if (quirks.redirectUris && !quirks.redirectUris.includes(redirectUri))
    throw new Refusal("invalid_request", `redirect_uri ${redirectUri} is not registered.`);
  if ((query.get("state") ?? "").length < 16)
    throw new Refusal("invalid_request", "state is shorter than 16 characters.");
  const challenge = checkChallenge(query, authorize.pkce);
  if (authorize.scopes) requireParams(query, authorize.scopes);
  if (authorize.nonce && !query.get("nonce"))
    throw new Refusal("invalid_request", "nonce is missing.");

  if (authorize.consent === "page" && !query.has("decision")) return consentPage(asked);
  const decision = query.get("decision") ?? authorize.decision;
  const back = new URL(redirectUri);
  const answer: Record<string, string> = { state: query.get("state") ?? "", ...authorize.extra };
  if (authorize.iss) answer["iss"] = authorize.iss;
  if (decision === "grant") {
    const code = Grants.secret("code");
    grants.codes.set(code, {
      grant: grants.begin(authorize.grants ?? query.get("scope") ?? "", Object.fromEntries(query)),
      redirectUri,
      challenge,
      nonce: query.get("nonce"),
    });
    answer[authorize.codeParam] = code;
  } else {
    answer["error"] = decision;
    answer["error_description"] = "<script>alert('a vendor speaking')</script>";
  }
  for (const [name, value] of Object.entries(answer)) back.searchParams.set(name, value);
  if (authorize.signed)
    back.searchParams.set("hmac", shopifySignature(answer, client.secret ?? ""));
  return { status: 302, headers: { location: back.href }, body: "" };
}

function checkChallenge(query: URLSearchParams, pkce: Quirks["authorize"]["pkce"]): string | null {
  const challenge = query.get("code_challenge");
  if (pkce === "forbidden" && challenge !== null)
    throw new Refusal("invalid_request", "code_challenge is not supported.");
  if (pkce === "required" && challenge === null)
    throw new Refusal("invalid_request", "code_challenge is missing.");
  if (challenge !== null) {
    requireParams(query, { code_challenge_method: "S256" });
    if (!/^[\w-]{43}$/.test(challenge))
      throw new Refusal("invalid_request", "code_challenge is no SHA-256 in base64url.");
  }
  return challenge;
}

/** Hex HMAC-SHA256 over the query but for `hmac`, sorted by name. */
export function shopifySignature(params: Record<string, string>, secret: string): string {
  const text = Object.keys(params)
    .filter((name) => name !== "hmac")
    .sort()
    .map((name) => `${name}=${encodeURIComponent(params[name] ?? "").replaceAll("%20", "+")}`)
    .join("&");
  return createHmac("sha256", secret).update(text).digest("hex");
}

function consentPage({ query }: Asked): Reply {
  const hidden = [...query]
    .map(([name, value]) => `<input type="hidden" name="${escape(name)}" value="${escape(value)}">`)
    .join("");
  return {
    status: 200,
    headers: { "content-type": "text/html; charset=utf-8" },
    body: `<!doctype html><title>Sign in at the vendor</title><h1>Let Plugboard in?</h1>
<form>${hidden}<button name="decision" value="grant">Allow</button>
<button name="decision" value="access_denied">Deny</button></form>`,
  };
}
