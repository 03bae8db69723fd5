import { and, eq, isNull, type SQL } from "drizzle-orm";
import { registryOf } from "../../platform/registry";
import { apiKeys } from "../tables";
import { readMember } from "./member";
import { keyUnknown, type Principal } from "./principal";

/** Who an API key belongs to, by the SHA-256 of the key. Throws `unauthorized`. */
export const readApiKey = (env: Env, hash: string): Promise<Principal> =>
  readKey(env, eq(apiKeys.hash, hash));

/** The same by the key's id, for a token that was made with it. */
export const readApiKeyById = (env: Env, id: string): Promise<Principal> =>
  readKey(env, eq(apiKeys.id, id));

async function readKey(env: Env, which: SQL): Promise<Principal> {
  const key = await registryOf(env)
    .select()
    .from(apiKeys)
    .where(and(which, isNull(apiKeys.revokedAt)))
    .get();
  const member = key && (await readMember(env, key, { scopes: key.scopes, connections: null }));
  if (!member) throw keyUnknown();
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
