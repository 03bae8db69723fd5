import { and, eq, isNull } from "drizzle-orm";
import type { Role } from "../../shared/roles";
import type { Actor } from "../platform/context";
import { HubError } from "../platform/errors";
import { registryOf } from "../platform/registry";
import { apiKeys, members, sessions } from "./tables";

/** What a request proves who asks with: the SHA-256 of a key, or of a session's secret. */
export type Credential = { kind: "apiKey" | "session"; hash: string };

export type Principal = {
  teamId: string;
  role: Role;
  actor: Exclude<Actor, { kind: "system" }>;
  /** When it ends by itself; null for what lasts until it is revoked. */
  expiresAt: number | null;
};

/** Who stands behind a credential. Throws `unauthorized` for one that is not known or was revoked. */
export function readPrincipal(env: Env, { kind, hash }: Credential): Promise<Principal> {
  return kind === "apiKey" ? readKey(env, hash) : readSession(env, hash);
}

async function readKey(env: Env, hash: string): Promise<Principal> {
  const row = await registryOf(env)
    .select({
      teamId: apiKeys.teamId,
      id: apiKeys.id,
      personId: apiKeys.personId,
      role: members.role,
    })
    .from(apiKeys)
    .innerJoin(
      members,
      and(eq(members.teamId, apiKeys.teamId), eq(members.personId, apiKeys.personId)),
    )
    .where(and(eq(apiKeys.hash, hash), isNull(apiKeys.revokedAt)))
    .get();
  if (!row)
    throw new HubError(
      "unauthorized",
      "This API key is not known here. It may have been revoked. Make a new one.",
    );
  const { teamId, role, id, personId } = row;
  return { teamId, role, actor: { kind: "apiKey", id, personId }, expiresAt: null };
}

async function readSession(env: Env, hash: string): Promise<Principal> {
  const row = await registryOf(env)
    .select({
      teamId: sessions.teamId,
      sessionId: sessions.id,
      personId: sessions.personId,
      expiresAt: sessions.expiresAt,
      role: members.role,
    })
    .from(sessions)
    .innerJoin(
      members,
      and(eq(members.teamId, sessions.teamId), eq(members.personId, sessions.personId)),
    )
    .where(and(eq(sessions.hash, hash), isNull(sessions.revokedAt)))
    .get();
  if (!row) throw sessionEnded();
  const { teamId, role, sessionId, personId, expiresAt } = row;
  return { teamId, role, actor: { kind: "user", id: personId, personId, sessionId }, expiresAt };
}

export function sessionEnded(): HubError {
  return new HubError("unauthorized", "Your session has ended. Sign in again with a new link.");
}
