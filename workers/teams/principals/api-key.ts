import { and, eq, isNull } from "drizzle-orm";
import { registryOf } from "../../platform/registry";
import { apiKeys } from "../tables";
import { readMember } from "./member";
import { unauthorized, type Principal } from "./principal";

/** Who an API key belongs to, by the SHA-256 of the key. Throws `unauthorized`. */
export async function readApiKey(env: Env, hash: string): Promise<Principal> {
  const key = await registryOf(env)
    .select()
    .from(apiKeys)
    .where(and(eq(apiKeys.hash, hash), isNull(apiKeys.revokedAt)))
    .get();
  const member = key && (await readMember(env, key, { scopes: key.scopes, connections: null }));
  if (!member)
    throw unauthorized("This API key is not known here. It may have been revoked. Make a new one.");
  const { teamId, id, personId, expiresAt, secondFactorAt, allowedAddresses } = key;
  return {
    ...member,
    teamId,
    actor: { kind: "apiKey", id, personId },
    expiresAt,
    secondFactorAt,
    allowedAddresses,
  };
}
