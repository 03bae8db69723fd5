// The hub as an OAuth client that needs no registration (draft-ietf-oauth-client-id-metadata-document): its id is the
// address of what it says of itself.
import { createRouter } from "../../../platform/http";
import { judgeUrl } from "../../../platform/outbound";
import { redirectUriOf } from "../redirect-uri";

const path = "/oauth/client.json";

/**
 * The hub's client id where authorization servers can read it: at its own address if that is public, else where the
 * deployment has put a copy. Null where they could not.
 */
export function documentUrlOf(env: Env, origin: string): string | null {
  const elsewhere: string = env.PLUGBOARD_CLIENT_METADATA_URL;
  if (elsewhere !== "") return elsewhere;
  const url = `${origin}${path}`;
  const verdict = judgeUrl(url, { allowLoopback: false, dohUrl: undefined, ownHosts: [] });
  return verdict.ok && verdict.host === "name" && verdict.url.protocol === "https:" ? url : null;
}

/** What the hub says of itself. Where a copy stands elsewhere, this is what to put there. */
export function clientDocument(env: Env, request: Request) {
  const { origin } = new URL(request.url);
  return {
    client_id: documentUrlOf(env, origin) ?? `${origin}${path}`,
    client_name: "Plugboard",
    client_uri: origin,
    redirect_uris: [redirectUriOf(request)],
    grant_types: ["authorization_code", "refresh_token"],
    response_types: ["code"],
    token_endpoint_auth_method: "none",
    application_type: "web",
  };
}

export const createClientDocumentRoutes = () =>
  createRouter().get("/client.json", (c) =>
    c.json(clientDocument(c.env, c.req.raw), 200, { "cache-control": "public, max-age=300" }),
  );
