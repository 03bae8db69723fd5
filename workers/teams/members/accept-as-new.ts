import type { AcceptInvitation } from "../../../shared/contracts/members";
import type { SignedIn } from "../../../shared/contracts/teams";
import { newId } from "../../../shared/ids";
import type { Author } from "../../audit";
import { newSession } from "../identity/new-session";
import { hashPassword } from "../identity/password";
import { accounts, members, people, sessions } from "../tables";
import type { Visit } from "../visit";
import { findByToken, hasAccount } from "./show-invitation";
import { accountExists, spend } from "./spend";

/**
 * Makes an account for the invited address, which the mail has confirmed, the membership and a session, all at once.
 * Throws `conflict` where the address has an account.
 */
export async function acceptAsNew(
  visit: Visit,
  input: AcceptInvitation,
): Promise<{ sessionToken: string; signedIn: SignedIn }> {
  const { env, db, now, address, userAgent } = visit;
  const row = await findByToken(visit, input.token);
  const { invitation, team, roleName } = row;
  const { email, role } = invitation;
  if (await hasAccount(env, email)) throw accountExists();
  const personId = newId("per", now);
  const { token, row: session } = newSession({
    personId,
    teamId: team.id,
    secondFactorAt: null,
    address,
    userAgent,
    now,
  });
  const since = { createdAt: new Date(now), updatedAt: new Date(now) };
  const author: Author = {
    ...visit,
    teamId: team.id,
    actor: { kind: "user", id: personId, personId, sessionId: session.id },
  };
  await spend(author, row, personId, [
    db
      .insert(people)
      .values({ id: personId, name: input.name, email, emailVerified: true, ...since }),
    db.insert(accounts).values({
      id: newId("acc", now),
      userId: personId,
      accountId: personId,
      providerId: "credential",
      password: await hashPassword(input.password),
      ...since,
    }),
    db.insert(members).values({ teamId: team.id, personId, role, createdAt: now }),
    db.insert(sessions).values(session),
  ]);
  return {
    sessionToken: token,
    signedIn: {
      team,
      person: { id: personId, name: input.name },
      role: roleName ?? role,
      expiresAt: session.expiresAt.getTime(),
    },
  };
}
