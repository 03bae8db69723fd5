import { clientScopes } from "../../../shared/roles";
import { addressOf } from "../../platform/address";
import { HubError } from "../../platform/errors";
import type { Asking } from "../authenticate";
import { resourceAt } from "./resources";
import { issuerAt } from "./server";
import { executionOf } from "./token";

type Described = { grant_types_supported: string[] } & Record<string, unknown>;

/** What the authorization server can do (RFC 8414): the library's words, and what the hub does beside it. */
export async function describeServer(asking: Asking): Promise<Response> {
  const { env, request } = asking;
  const { origin } = new URL(request.url);
  const { server, env: own } = issuerAt(env, origin, { address: addressOf(env, request) });
  const url = `${origin}/.well-known/oauth-authorization-server`;
  const response = await server.fetch(new Request(url), own, executionOf(asking));
  const { protected_resources: _, ...described } = await response.json<Described>();
  return Response.json({
    ...described,
    grant_types_supported: [...described.grant_types_supported, "client_credentials"],
    token_endpoint_auth_methods_supported: ["none", "client_secret_basic", "client_secret_post"],
    revocation_endpoint: `${origin}/oauth/revoke`,
    revocation_endpoint_auth_methods_supported: [
      "none",
      "client_secret_basic",
      "client_secret_post",
    ],
    client_id_metadata_document_supported: true,
  });
}

/**
 * Where tokens for an MCP endpoint come from (RFC 9728). It is answered for every name a connection could have: whether
 * there is one is told to nobody who has not signed in.
 */
export function describeResource(request: Request): Response {
  const { origin, pathname } = new URL(request.url);
  const path = pathname.replace(/^\/\.well-known\/oauth-protected-resource/, "");
  const resource = resourceAt(origin, `${origin}${path === "" ? "/mcp" : path}`);
  if (resource === undefined)
    throw new HubError("not_found", "There is no MCP endpoint at this address.");
  return Response.json({
    resource,
    authorization_servers: [origin],
    scopes_supported: clientScopes,
    bearer_methods_supported: ["header"],
    resource_name: "Plugboard",
  });
}
