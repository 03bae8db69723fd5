import { HubError } from "../../../platform/errors";
import { findSignInPlace } from "./discover";
import { SignInFailure } from "./fault";
import { policyNear } from "./outbound";

/**
 * Where a program gets its token for an MCP server, as parameters of the connection. Throws `upstream_invalid` where the
 * server does not say.
 */
export async function findMcpTokenPlace(
  env: Env,
  url: string,
): Promise<{ tokenUrl: string; issuer: string; resource: string }> {
  try {
    const { server, resource } = await findSignInPlace(policyNear(env, url), url);
    return { tokenUrl: server.token_endpoint, issuer: server.issuer, resource };
  } catch (error) {
    if (!(error instanceof SignInFailure)) throw error;
    throw new HubError("upstream_invalid", error.fault.message, { cause: error });
  }
}
