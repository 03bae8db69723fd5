import { and, eq, isNull } from "drizzle-orm";
import { addressOf } from "../../platform/address";
import { registryOf } from "../../platform/registry";
import type { Asking } from "../authenticate";
import { resourceAt } from "../oauth/resources";
import type { Props } from "../oauth/server";
import { isIssued } from "../oauth/stored-grant";
import { clientGrants } from "../tables";
import { readMember } from "./member";
import { tokenEnded, type Principal } from "./principal";

/**
 * An AI client, by a token made for exactly this MCP endpoint. The library says whether the token is one; what it may
 * do is in the grant's row, its person's role, and the token's scopes: whatever of the three is least.
 */
export async function readClientToken(
  asking: Asking,
  { token, resource }: { token: string; resource: string },
): Promise<Principal> {
  const { env } = asking;
  const { origin } = new URL(resource);
  // Anywhere but at an MCP endpoint, and for what is no token of ours, the library is not even loaded.
  if (!isIssued(token) || resourceAt(origin, resource) !== resource) throw tokenEnded();
  const { issuerAt } = await import("../oauth/server");
  const address = addressOf(env, asking.request);
  const issuer = issuerAt(env, origin, { address, resources: [resource] });
  const valid = await issuer.server.validateToken<Props>(resource, token, issuer.env);
  const grant = valid && (await liveGrant(env, valid.props.grantId, valid.userId));
  if (!grant || grant.resource !== resource) throw tokenEnded();
  const member = await readMember(env, grant, {
    scopes: grant.scopes.filter((scope) => valid.scope.includes(scope)),
    connections: grant.connections,
  });
  if (!member) throw tokenEnded();
  return {
    ...member,
    teamId: grant.teamId,
    actor: { kind: "mcpClient", id: grant.id, personId: grant.personId },
    expiresAt: valid.expiresAt * 1000,
    secondFactorAt: grant.secondFactorAt,
    allowedAddresses: null,
  };
}

function liveGrant(env: Env, id: string, personId: string) {
  return registryOf(env)
    .select()
    .from(clientGrants)
    .where(
      and(
        eq(clientGrants.id, id),
        eq(clientGrants.personId, personId),
        isNull(clientGrants.revokedAt),
      ),
    )
    .get();
}
