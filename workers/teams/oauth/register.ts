import { addressOf } from "../../platform/address";
import { HubError } from "../../platform/errors";
import { isLoopback } from "../../platform/http";
import { readBody } from "../../platform/request-body";
import type { Asking } from "../authenticate";
import { foreignScheme } from "./client-documents";
import { notPosted, oauthError, oauthFailure } from "./form";
import { spend } from "./rates";
import { issuerAt } from "./server";
import { executionOf, uncached } from "./token";

const maxBytes = 16 * 1024;
const maxUris = 20;
const maxUriLength = 1000;
const maxTextLength = 500;

/** `POST /oauth/register` (RFC 7591): anybody may, so it is bounded in size and number, and what it makes ends by itself. */
export async function registerClient(asking: Asking): Promise<Response> {
  const { env, request, requestId } = asking;
  try {
    if (request.method !== "POST") return notPosted();
    const text = new TextDecoder().decode(await readBody(request, maxBytes));
    const fault = faultOf(text);
    if (fault !== undefined) return oauthError(fault.code, fault.sentence);
    const { origin } = new URL(request.url);
    const address = addressOf(env, request);
    await spend(env, "register", address);
    const { server, env: own } = issuerAt(env, origin, { address });
    const forwarded = new Request(`${origin}/oauth/register`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: text,
    });
    return uncached(await server.fetch(forwarded, own, executionOf(asking)));
  } catch (error) {
    if (error instanceof HubError && error.code === "payload_too_large")
      return oauthError("invalid_client_metadata", `Send less than ${maxBytes / 1024} KiB.`, {
        status: 413,
      });
    return oauthFailure(error, requestId);
  }
}

type Fault = { code: "invalid_client_metadata" | "invalid_redirect_uri"; sentence: string };

/** What the library would take and the hub does not. */
function faultOf(text: string): Fault | undefined {
  const metadata = (sentence: string): Fault => ({ code: "invalid_client_metadata", sentence });
  const redirect = (sentence: string): Fault => ({ code: "invalid_redirect_uri", sentence });
  let said: unknown;
  try {
    said = JSON.parse(text);
  } catch {
    return metadata("Send a JSON object.");
  }
  if (typeof said !== "object" || said === null || Array.isArray(said))
    return metadata("Send a JSON object.");
  const uris: unknown = (said as { redirect_uris?: unknown }).redirect_uris;
  if (!Array.isArray(uris) || uris.length === 0 || uris.length > maxUris)
    return redirect(`Give 1 to ${maxUris} redirect_uris.`);
  for (const uri of uris) {
    if (typeof uri !== "string" || uri.length > maxUriLength || !isRedirectUri(uri))
      return redirect(
        "A redirect URI is https, http to this machine, or an app's own scheme, without user name and fragment.",
      );
  }
  const long = Object.values(said).some(
    (value) => typeof value === "string" && value.length > maxTextLength,
  );
  return long ? metadata(`Texts may have ${maxTextLength} characters.`) : undefined;
}

function isRedirectUri(uri: string): boolean {
  const url = foreignScheme.test(uri) || /[\s\p{C}\\]/u.test(uri) ? null : URL.parse(uri);
  if (url === null || url.username !== "" || url.password !== "" || uri.includes("#")) return false;
  if (url.protocol === "https:") return true;
  if (url.protocol === "http:") return isLoopback(url.host);
  return /^[a-z][a-z0-9+.-]{2,49}:\/?\/?[^/]/i.test(uri);
}
