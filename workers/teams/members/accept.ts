import { and, eq } from "drizzle-orm";
import type { JoinedTeam, MyInvitations } from "../../../shared/contracts/members";
import type { Author } from "../../audit";
import { bumpEpoch } from "../../limits";
import { HubError } from "../../platform/errors";
import type { PersonContext } from "../identity/person";
import { invitations, members, people, sessions } from "../tables";
import { requireFreeSession } from "./free-session";
import { isOpen } from "./invitations";
import { findByToken, found, requireGood, type Found } from "./show-invitation";
import { whatWasTheirs } from "./remove";
import { spend } from "./spend";

/** Accepts with the link's secret, signed in as whom it is for. Throws `forbidden` for anybody else. */
export async function acceptByToken(person: PersonContext, token: string): Promise<JoinedTeam> {
  const row = await findByToken(person, token);
  const { email } = await readPerson(person);
  if (email !== row.invitation.email)
    throw new HubError(
      "forbidden",
      "This invitation is for another email address. Sign in as whoever has that address, or ask for an invitation to yours.",
    );
  return join(person, row);
}

/** The open invitations for the address the person has confirmed. */
export async function listMyInvitations(person: PersonContext): Promise<MyInvitations> {
  const { email, emailVerified } = await readPerson(person);
  if (!emailVerified) return { items: [] };
  const rows = await found(person.env)
    .where(and(eq(invitations.email, email), isOpen(person.now)))
    .limit(100);
  return {
    items: rows.map(({ invitation, team, invitedBy, roleName }) => ({
      id: invitation.id,
      team,
      role: roleName ?? invitation.role,
      invitedBy: invitedBy ?? "",
      expiresAt: invitation.expiresAt,
    })),
  };
}

/** Accepts one of those. Throws `not_found` for any other. */
export async function acceptById(person: PersonContext, id: string): Promise<JoinedTeam> {
  const { email, emailVerified } = await readPerson(person);
  const row = emailVerified
    ? await found(person.env)
        .where(and(eq(invitations.id, id), eq(invitations.email, email)))
        .get()
    : undefined;
  if (!row)
    throw new HubError(
      "not_found",
      `There is no invitation ${JSON.stringify(id.slice(0, 100))} for you. Confirm your email address, or open the link in the mail.`,
    );
  await requireGood(person, row);
  return join(person, row);
}

async function readPerson({ db, personId }: PersonContext) {
  const row = await db
    .select({ email: people.email, emailVerified: people.emailVerified })
    .from(people)
    .where(eq(people.id, personId))
    .get();
  return { email: row?.email.toLowerCase() ?? "", emailVerified: row?.emailVerified ?? false };
}

/** Makes the person a member, spends the invitation, and moves the session to the team. */
async function join(person: PersonContext, row: Found): Promise<JoinedTeam> {
  requireFreeSession(person);
  const { db, personId, sessionId, now } = person;
  const { invitation, team, roleName } = row;
  const author: Author = { ...person, teamId: team.id };
  await spend(author, row, personId, [
    db
      .update(sessions)
      .set({ teamId: team.id })
      .where(and(eq(sessions.id, sessionId), eq(sessions.userId, personId))),
    ...whatWasTheirs(author, personId),
    db.insert(members).values({ teamId: team.id, personId, role: invitation.role, createdAt: now }),
  ]);
  await bumpEpoch({ env: person.env, teamId: team.id });
  if (person.teamId !== null)
    await bumpEpoch({ env: person.env, teamId: person.teamId }, { changed: { sessionId } });
  return { team, role: roleName ?? invitation.role };
}
