import { eq } from "drizzle-orm";
import { HubError } from "../../platform/errors";
import { registryOf } from "../../platform/registry";
import type { Asking } from "../authenticate";
import { sessionTokenOf, tokenAtRest } from "../session-cookie";
import { sessions } from "../tables";
import { readMember } from "./member";
import { unauthorized, type Principal } from "./principal";

export type SessionRow = typeof sessions.$inferSelect;

/** Who signed in, and in which team they work, by their session's token. Throws `unauthorized`, `no_team`. */
export async function readSession(env: Env, token: string): Promise<Principal> {
  return sessionPrincipal(env, await findSession(env, token));
}

/** The same by the session's row; undefined for one that is gone. */
export async function sessionPrincipal(
  env: Env,
  session: SessionRow | undefined,
): Promise<Principal> {
  if (!session || Date.now() >= session.expiresAt.getTime()) throw sessionEnded();
  const { id: sessionId, userId: personId, teamId, onlyTeamId, secondFactorAt } = session;
  const good = teamId !== null && (onlyTeamId === null || onlyTeamId === teamId);
  const member = good ? await readMember(env, { teamId, personId }) : undefined;
  if (teamId === null || !member)
    throw new HubError(
      "no_team",
      "You are signed in, but in no team here. Choose one of your teams, accept an invitation, or make a team.",
    );
  return {
    ...member,
    teamId,
    actor: { kind: "user", id: personId, personId, sessionId },
    expiresAt: session.expiresAt.getTime(),
    secondFactorAt,
    allowedAddresses: null,
  };
}

export function findSession(env: Env, token: string): Promise<SessionRow | undefined> {
  return registryOf(env)
    .select()
    .from(sessions)
    .where(eq(sessions.token, tokenAtRest(token)))
    .get();
}

/** The session of the request's cookie, while it goes on. */
export async function liveSession(asking: Asking): Promise<SessionRow | undefined> {
  const token = sessionTokenOf(asking.env, asking.request);
  const session = token === undefined ? undefined : await findSession(asking.env, token);
  return session && session.expiresAt.getTime() > asking.now ? session : undefined;
}

export const sessionEnded = () => unauthorized("Your session has ended. Sign in again.");
