import { addressOf } from "../../platform/address";
import { HubError } from "../../platform/errors";
import type { Asking } from "../authenticate";
import { parseAuthorization } from "./authorize";

const headers = {
  "cache-control": "no-store",
  "content-security-policy":
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "x-frame-options": "DENY",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
};

/** `GET /oauth/authorize`: on to the consent page with the same query, which is judged there once more. */
export async function showAuthorization(asking: Asking): Promise<Response> {
  const { env, request } = asking;
  const { origin, search } = new URL(request.url);
  const query = search.slice(1);
  try {
    const parsed = await parseAuthorization(env, {
      origin,
      query,
      address: addressOf(env, request),
    });
    if (parsed.kind === "refused") return page(parsed.sentence, 400);
    const location = parsed.kind === "redirect" ? parsed.to : `${origin}/consent?${query}`;
    return new Response(null, { status: 302, headers: { ...headers, location } });
  } catch (error) {
    if (error instanceof HubError && error.code === "rate_limited") return page(error.message, 429);
    throw error;
  }
}

/** A page without script, link or picture. Its sentences are the hub's own. */
function page(sentence: string, status: number): Response {
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Plugboard</title><style>body{font:16px/1.5 system-ui,sans-serif;max-width:34rem;margin:15vh auto;padding:0 1.5rem;color-scheme:light dark}</style><main><h1>This app cannot be let in</h1><p>${escaped(sentence)}</p></main></html>`;
  return new Response(html, {
    status,
    headers: { ...headers, "content-type": "text/html; charset=utf-8" },
  });
}

const escaped = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
