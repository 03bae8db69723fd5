import type { Manifest, OAuthCodeMethod } from "../../../shared/catalogue/manifest";
import type { FlowErrorCode, FlowFault } from "../../../shared/contracts/connect-flows";
import { utf8 } from "../../platform/encoding";
import { fillTemplate } from "../../platform/template";
import { captureParams } from "./capture";
import type { OAuthClient } from "./client";
import { ofMethod } from "./declared";

export type Callback = {
  manifest: Pick<Manifest, "params">;
  method: OAuthCodeMethod;
  params: Record<string, string>;
  query: URLSearchParams;
  /** The one that was sent away. */
  state: string;
  client: OAuthClient;
};

export type CallbackAnswer =
  | { ok: true; code: string; params: Record<string, string> }
  | { ok: false; fault: FlowFault };

const longestCode = 4096;

/**
 * What a vendor's redirect says (RFC 6749 4.1.2, RFC 9207), checked whole before any of it is used. Its own words stay
 * behind. That the state is used once, and by the browser that went away with it, is the caller's to see to.
 */
export async function readCallback(callback: Callback): Promise<CallbackAnswer> {
  const { method, params, query, client } = callback;
  const once = (name: string) => query.getAll(name).length <= 1;
  const used = [
    "state",
    "iss",
    "error",
    method.codeParam,
    ...Object.values(method.captureCallback),
  ];
  if (!used.every(once))
    return no("callback_invalid", "The vendor's answer says something twice. Start again.");
  if (method.callbackSignature && !query.has("error")) {
    if (!(await isSigned(query, method.callbackSignature.param, client.clientSecret ?? "")))
      return no(
        "callback_invalid",
        "The vendor's answer is not signed with the OAuth app's secret. Check the app's secret, then start again.",
      );
  }
  const answer = await judge(callback);
  if (!answer.ok) return answer;
  const captured = captureParams(method.captureCallback, {
    declared: ofMethod(callback.manifest.params, method.id),
    known: params,
    read: (name) => query.get(name) || undefined,
    complete: true,
  });
  if (captured.ok) return { ok: true, code: answer.code, params: captured.params };
  return no(
    captured.fault === "token_invalid" ? "callback_invalid" : captured.fault,
    captured.message,
  );
}

async function judge({
  method,
  params,
  query,
  state,
  client,
}: Callback): Promise<{ ok: true; code: string } | { ok: false; fault: FlowFault }> {
  const library = await import("oauth4webapi");
  // Under their standard names, and nothing else: what a vendor sends besides is not the library's to judge.
  const said = new URLSearchParams();
  for (const [name, as] of [
    ["state", "state"],
    ["error", "error"],
    [method.codeParam, "code"],
    ["iss", "iss"],
  ] as const) {
    const value = query.get(name);
    if (value) said.set(as, value);
  }
  const issuer =
    method.issuer === undefined
      ? undefined
      : fillTemplate(method.issuer, { params, app: { clientId: client.clientId } });
  const server = {
    issuer: issuer ?? said.get("iss") ?? "unknown",
    authorization_response_iss_parameter_supported: issuer !== undefined,
  };
  if (said.get("state") !== state)
    return no("state_mismatch", "The vendor's answer is not of this sign-in. Start again.");
  if (issuer !== undefined && said.get("iss") !== issuer)
    return no(
      "issuer_mismatch",
      "The answer did not come from the vendor you were sent to, so it was not used. Start again.",
    );
  try {
    library.validateAuthResponse(server, { client_id: client.clientId }, said, state);
  } catch (error) {
    if (error instanceof library.AuthorizationResponseError) return refused(error.error);
    return no("callback_invalid", "The vendor's answer cannot be read. Start again.");
  }
  const code = said.get("code") ?? "";
  if (!/^[\x20-\x7e]+$/.test(code) || code.length > longestCode)
    return no("callback_invalid", "The vendor sent no code back. Start again.");
  return { ok: true, code };
}

/** RFC 6749 4.1.2.1, OpenID Connect Core 3.1.2.6; of other codes only what they mean. */
function refused(error: string): { ok: false; fault: FlowFault } {
  switch (error) {
    case "invalid_scope":
    case "insufficient_scope":
      return no(
        "scope_refused",
        "The vendor refused the permissions asked for. Allow them in the OAuth app's settings there, or ask for fewer.",
      );
    case "server_error":
    case "temporarily_unavailable":
      return no("unreachable", "The vendor could not sign you in just now. Start again later.");
    case "access_denied":
    case "login_required":
    case "consent_required":
    case "interaction_required":
    case "account_selection_required":
      return no("denied", "Access was not allowed at the vendor. Start again, and allow it there.");
    default:
      if (/cancel|denied|declined|reject/i.test(error))
        return no(
          "denied",
          "Access was not allowed at the vendor. Start again, and allow it there.",
        );
      return no(
        "misconfigured",
        "The vendor did not accept the request to sign in. Check the redirect address and the permissions in the OAuth app's settings there.",
      );
  }
}

/** Hex HMAC-SHA256 over the rest of the query, sorted by name and encoded as a form. */
async function isSigned(query: URLSearchParams, param: string, secret: string): Promise<boolean> {
  const [signature = "", ...more] = query.getAll(param);
  if (more.length > 0 || !/^([0-9a-f]{2}){32}$/.test(signature) || secret === "") return false;
  const rest = new URLSearchParams(query);
  rest.delete(param);
  rest.sort();
  const usage = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", utf8(secret), usage, false, ["verify"]);
  const bytes = Uint8Array.from(signature.match(/../g) ?? [], (pair) => parseInt(pair, 16));
  return crypto.subtle.verify("HMAC", key, bytes, utf8(rest.toString()));
}

const no = (code: FlowErrorCode, message: string): { ok: false; fault: FlowFault } => ({
  ok: false,
  fault: { code, message },
});
