import { and, eq } from "drizzle-orm";
import type { Actor } from "../../platform/context";
import { HubError } from "../../platform/errors";
import { registryOf } from "../../platform/registry";
import { sessions } from "../tables";
import { readApiKeyById } from "./api-key";
import { readMember } from "./member";
import { tokenEnded, type Principal } from "./principal";
import { sessionEnded } from "./session";

/**
 * Who acted, as they stand now: whose session goes on, whose key is in force, and who still belongs to the team. Throws
 * `unauthorized`, `forbidden`.
 */
export async function readActor(
  env: Env,
  { teamId, actor, now }: { teamId: string; actor: Actor; now: number },
): Promise<Principal> {
  const principal = await behind(env, { teamId, actor, now });
  const { expiresAt } = principal;
  if (principal.teamId !== teamId || (expiresAt !== null && now >= expiresAt)) throw tokenEnded();
  return principal;
}

async function behind(
  env: Env,
  { teamId, actor, now }: { teamId: string; actor: Actor; now: number },
): Promise<Principal> {
  switch (actor.kind) {
    case "user":
      return readSignedIn(env, { teamId, actor, now });
    case "apiKey":
      return readApiKeyById(env, actor.id);
    // Clients reach `/mcp` alone, where nothing is asked for that is finished later.
    case "mcpClient":
    case "system":
      throw tokenEnded();
  }
}

/** The session may work in another team by now: it is the team they acted in that counts. */
async function readSignedIn(
  env: Env,
  who: { teamId: string; actor: Extract<Actor, { kind: "user" }>; now: number },
): Promise<Principal> {
  const { teamId, actor, now } = who;
  const { sessionId, personId } = actor;
  const session = await registryOf(env)
    .select()
    .from(sessions)
    .where(and(eq(sessions.id, sessionId), eq(sessions.userId, personId)))
    .get();
  if (!session || now >= session.expiresAt.getTime()) throw sessionEnded();
  const { onlyTeamId, secondFactorAt, expiresAt } = session;
  const good = onlyTeamId === null || onlyTeamId === teamId;
  const member = good ? await readMember(env, { teamId, personId }) : undefined;
  if (!member)
    throw new HubError(
      "forbidden",
      "You are not a member of this team any more. Ask an owner or admin to invite you.",
    );
  return {
    ...member,
    teamId,
    actor,
    expiresAt: expiresAt.getTime(),
    secondFactorAt,
    allowedAddresses: null,
  };
}
