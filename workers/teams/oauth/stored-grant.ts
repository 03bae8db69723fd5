import { eq } from "drizzle-orm";
import { registryOf } from "../../platform/registry";
import { clientGrants } from "../tables";
import type { GrantRow } from "./end-grant";

/** What of the library's record of a grant is looked at here; its documented layout (`storage-schema.md`). */
export type StoredGrant = {
  clientId: string;
  resource?: unknown;
  metadata?: { grantId?: unknown } | null;
  /** SHA-256 of the code and of the refresh tokens that are good now. */
  authCodeId?: string;
  refreshTokenId?: string;
  previousRefreshTokenId?: string;
};

/** Person, the library's own id of the grant, and a secret. */
const form = /^(per_[0-9a-z]{26}):([\w-]{16}):[\w-]{20,64}$/;

export const isIssued = (token: string): boolean => form.test(token);

/** The library's record of the grant a code or token names. That it is named proves nothing yet. */
export async function storedGrant(env: Env, token: string): Promise<StoredGrant | undefined> {
  const [, personId, id] = form.exec(token) ?? [];
  if (personId === undefined || id === undefined) return undefined;
  return (await env.OAUTH_KV.get<StoredGrant>(`grant:${personId}:${id}`, "json")) ?? undefined;
}

/** The row that makes a stored grant count. */
export async function rowOf(
  env: Env,
  stored: StoredGrant | undefined,
): Promise<GrantRow | undefined> {
  const id = stored?.metadata?.grantId;
  if (typeof id !== "string") return undefined;
  return registryOf(env).select().from(clientGrants).where(eq(clientGrants.id, id)).get();
}
