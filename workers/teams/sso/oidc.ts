import * as oauth from "oauth4webapi";
import { HubError } from "../../platform/errors";
import { guardedFetch } from "../../platform/outbound";
import { allowsLoopback, outboundPolicy } from "../../platform/settings";
import type { ProviderRow } from "./provider";

/** What every request to a provider goes out with: through the guard, and by http only to this machine. */
export function outbound(env: Env) {
  return {
    [oauth.customFetch]: (
      url: string,
      init: {
        method: string;
        headers: Record<string, string>;
        body?: unknown;
        signal?: AbortSignal;
      },
    ) =>
      guardedFetch({ ...outboundPolicy(env), maxRedirects: 0 }, url, {
        method: init.method,
        headers: init.headers,
        body: bodyText(init.body),
        signal: init.signal,
        maxBytes: 256 * 1024,
        timeoutMs: 10_000,
      }),
    [oauth.allowInsecureRequests]: allowsLoopback(env),
  };
}

function bodyText(body: unknown): string | undefined {
  if (body instanceof URLSearchParams) return body.toString();
  return typeof body === "string" ? body : undefined;
}

/** The provider's own description of itself. Throws `upstream_invalid` and what the guard throws. */
export async function discover(
  env: Env,
  { issuer }: Pick<ProviderRow, "issuer">,
): Promise<oauth.AuthorizationServer> {
  const url = new URL(issuer);
  try {
    const response = await oauth.discoveryRequest(url, outbound(env));
    const server = await oauth.processDiscoveryResponse(url, response);
    if (server.authorization_endpoint === undefined || server.token_endpoint === undefined)
      throw new Error("no authorization or token endpoint");
    return server;
  } catch (error) {
    throw notUsable(error);
  }
}

/** What the guard says is told; a provider's own words are kept in the cause. */
export function notUsable(error: unknown): HubError {
  if (error instanceof HubError) return error;
  return new HubError(
    "upstream_invalid",
    "The identity provider does not answer as OpenID Connect asks. Check the issuer, the client id and its secret.",
    { cause: error },
  );
}
