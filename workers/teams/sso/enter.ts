import { and, eq, inArray } from "drizzle-orm";
import type { BatchItem } from "drizzle-orm/batch";
import { newId } from "../../../shared/ids";
import { recorded } from "../../audit";
import { bumpEpoch } from "../../limits";
import { HubError } from "../../platform/errors";
import { refusedTaken } from "../../platform/refused";
import { givenName } from "../identity/given-name";
import { newSession } from "../identity/new-session";
import { whatWasTheirs } from "../members/remove";
import { accounts, members, people, removedMembers, sessions } from "../tables";
import type { Visit } from "../visit";
import type { Claims } from "./finish";
import type { ProviderRow } from "./provider";

export type Entering = Visit & { provider: ProviderRow; claims: Claims };
export type Entered = { sessionToken: string };

/** Ways to show a second factor, as providers name them (RFC 8176). */
const factors = new Set(["mfa", "otp", "hwk", "swk", "fpt", "face", "sc"]);

/**
 * Opens a session for whom the provider named, and makes them a person and a member where they are none yet. The session
 * is good in this team only: what one team's provider says opens no other team. Throws `forbidden` for who was removed.
 */
export async function enter(entering: Entering): Promise<Entered> {
  try {
    return await tryToEnter(entering);
  } catch (error) {
    // Somebody who comes for the first time in two windows at once is one person: the second finds the first's.
    if (!["people.", "accounts.", "members."].some((table) => refusedTaken(error, table)))
      throw error;
    return tryToEnter(entering);
  }
}

async function tryToEnter(entering: Entering): Promise<Entered> {
  const { provider, claims, ...visit } = entering;
  const { env, db, now, address, userAgent } = visit;
  const { teamId } = provider;
  const providerId = `sso/${provider.id}`;
  const known = await findPerson(db, providerId, claims);
  const personId = known?.id ?? newId("per", now);
  const member = await db
    .select({ role: members.role })
    .from(members)
    .where(and(eq(members.teamId, teamId), eq(members.personId, personId)))
    .get();
  if (!member && known) await requireNotRemoved(db, { teamId, personId });
  const date = new Date(now);
  const since = { createdAt: date, updatedAt: date };
  const { token, row: session } = newSession({
    personId,
    teamId,
    onlyTeamId: teamId,
    secondFactorAt: claims.amr?.some((way) => factors.has(way)) ? now : null,
    address,
    userAgent,
    now,
  });
  const actor = { kind: "user", id: personId, personId, sessionId: session.id } as const;
  const event = {
    action: "session.create",
    subjectId: session.id,
    details: { by: "single sign-on", joined: !member, provider: provider.id },
  };
  const person = {
    id: personId,
    name: givenName(claims),
    email: claims.email,
    emailVerified: true,
    ...since,
  };
  const account = { id: newId("acc", now), userId: personId, accountId: claims.sub, providerId };
  await recorded({ ...visit, teamId, actor }, event, [
    db.insert(sessions).values(session),
    ...(known
      ? confirmed(db, { personId, email: claims.email })
      : [db.insert(people).values(person)]),
    ...(known?.linked ? [] : [db.insert(accounts).values({ ...account, ...since })]),
    ...(member
      ? []
      : [
          ...whatWasTheirs({ db, teamId, now }, personId),
          db
            .insert(members)
            .values({ teamId, personId, role: provider.defaultRole, createdAt: now }),
        ]),
  ]);
  if (!member) await bumpEpoch({ env, teamId });
  return { sessionToken: token };
}

/** Whoever was removed here comes back by an invitation, whatever the provider still says of them. */
async function requireNotRemoved(
  db: Visit["db"],
  { teamId, personId }: { teamId: string; personId: string },
): Promise<void> {
  const row = await db
    .select({ at: removedMembers.at })
    .from(removedMembers)
    .where(and(eq(removedMembers.teamId, teamId), eq(removedMembers.personId, personId)))
    .get();
  if (row)
    throw new HubError(
      "forbidden",
      "You were removed from this team. Ask one of its admins for an invitation.",
    );
}

/**
 * The provider confirms the address of somebody who had not. Whoever made the account before may have been anybody: their
 * password goes.
 */
function confirmed(
  db: Visit["db"],
  { personId, email }: { personId: string; email: string },
): BatchItem<"sqlite">[] {
  const unconfirmed = and(
    eq(people.id, personId),
    eq(people.email, email),
    eq(people.emailVerified, false),
  );
  const whose = db.select({ id: people.id }).from(people).where(unconfirmed);
  return [
    db
      .delete(accounts)
      .where(and(eq(accounts.providerId, "credential"), inArray(accounts.userId, whose))),
    db.update(people).set({ emailVerified: true }).where(unconfirmed),
  ];
}

/** By the provider's own name for them; the first time, by the address, which the team's domain vouches for. */
async function findPerson(db: Visit["db"], providerId: string, { sub, email }: Claims) {
  const account = await db
    .select({ id: accounts.userId })
    .from(accounts)
    .where(and(eq(accounts.providerId, providerId), eq(accounts.accountId, sub)))
    .get();
  if (account) return { id: account.id, linked: true };
  const person = await db
    .select({ id: people.id })
    .from(people)
    .where(eq(people.email, email))
    .get();
  return person && { id: person.id, linked: false };
}
