import { eq } from "drizzle-orm";
import { HubError } from "../../platform/errors";
import { registryOf } from "../../platform/registry";
import { sessions } from "../tables";
import { readMember } from "./member";
import { unauthorized, type Principal } from "./principal";

/** Who signed in, and in which team they work, by their session's token. Throws `unauthorized`, `no_team`. */
export async function readSession(env: Env, token: string): Promise<Principal> {
  const session = await findSession(env, token);
  if (!session) throw sessionEnded();
  const { id: sessionId, userId: personId, teamId, secondFactorAt, expiresAt } = session;
  const member = teamId === null ? undefined : await readMember(env, { teamId, personId });
  if (teamId === null || !member)
    throw new HubError(
      "no_team",
      "You are signed in, but in no team here. Choose one of your teams, accept an invitation, or make a team.",
    );
  return {
    ...member,
    teamId,
    actor: { kind: "user", id: personId, personId, sessionId },
    expiresAt: expiresAt.getTime(),
    secondFactorAt,
    allowedAddresses: null,
  };
}

export function findSession(env: Env, token: string) {
  return registryOf(env).select().from(sessions).where(eq(sessions.token, token)).get();
}

export const sessionEnded = () => unauthorized("Your session has ended. Sign in again.");
