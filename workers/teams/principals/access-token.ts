import { eq } from "drizzle-orm";
import { isPermission } from "../../../shared/roles";
import { registryOf } from "../../platform/registry";
import type { Asking } from "../authenticate";
import { verifyAccessToken, type AccessTokenClaims } from "../identity/tokens/verify";
import { sessions } from "../tables";
import { readApiKeyById } from "./api-key";
import { readMachineClient } from "./machine-client";
import { narrow } from "./member";
import { tokenEnded, type Principal } from "./principal";
import { sessionPrincipal } from "./session";

/**
 * Whoever has a JWT of this hub. The token says which session, key or machine client stands behind it; what that may do,
 * and whether it still goes on, is read from its row. Throws `unauthorized`, `no_team`.
 */
export async function readAccessToken(
  { env, now }: Asking,
  { token, resource }: { token: string; resource: string },
): Promise<Principal> {
  const { origin: issuer } = new URL(resource);
  const claims = await verifyAccessToken(env, token, { issuer, audience: resource, now });
  if (!claims) throw tokenEnded();
  const principal = await behind(env, claims);
  // A session that moved to another team left its tokens behind.
  const { personId, id } = principal.actor;
  if (principal.teamId !== claims.teamId || (personId ?? id) !== claims.subject) throw tokenEnded();
  const { expiresAt } = principal;
  const scopes = claims.scopes?.filter(isPermission) ?? null;
  return {
    ...principal,
    permissions: narrow(principal.permissions, scopes),
    expiresAt: Math.min(claims.expiresAt, expiresAt ?? Infinity),
  };
}

async function behind(env: Env, { credentialId }: AccessTokenClaims): Promise<Principal> {
  if (credentialId.startsWith("mac_")) return readMachineClient(env, credentialId);
  if (credentialId.startsWith("key_")) return readApiKeyById(env, credentialId);
  const session = await registryOf(env)
    .select()
    .from(sessions)
    .where(eq(sessions.id, credentialId))
    .get();
  return sessionPrincipal(env, session);
}
