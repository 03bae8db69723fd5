import { and, asc, eq, sql } from "drizzle-orm";
import type { Account } from "../../../../shared/contracts/account";
import { accounts, customRoles, members, people, teams } from "../../tables";
import { shownEmail } from "../email";
import type { PersonContext } from "../person";
import { providerName } from "../providers";
import { sessionEnded } from "../../principals/session";

/** The person, their teams, and how they sign in. */
export async function readAccount(ctx: PersonContext): Promise<Account> {
  const { env, db, personId, sessionId, expiresAt, secondFactorAt, onlyTeamId } = ctx;
  const [[person], ways, joined] = await db.batch([
    db.select().from(people).where(eq(people.id, personId)),
    db
      .select({ providerId: accounts.providerId, password: accounts.password })
      .from(accounts)
      .where(eq(accounts.userId, personId)),
    db
      .select({
        id: teams.id,
        name: teams.name,
        role: members.role,
        // In a batch, D1 answers with columns by name: two called "name" would be one.
        roleName: sql<string | null>`${customRoles.name}`.as("role_name"),
      })
      .from(members)
      .innerJoin(teams, eq(teams.id, members.teamId))
      .leftJoin(
        customRoles,
        and(eq(customRoles.teamId, members.teamId), eq(customRoles.id, members.role)),
      )
      .where(
        and(
          eq(members.personId, personId),
          onlyTeamId === null ? undefined : eq(members.teamId, onlyTeamId),
        ),
      )
      .orderBy(asc(teams.name), asc(teams.id))
      .limit(200),
  ]);
  if (!person) throw sessionEnded();
  const own = joined.map(({ roleName, role, ...team }) => ({ ...team, role: roleName ?? role }));
  return {
    person: {
      id: personId,
      name: person.name,
      email: shownEmail(person.email),
      emailVerified: person.emailVerified,
      image: person.image,
    },
    session: { id: sessionId, expiresAt, secondFactorAt },
    teamId: own.some(({ id }) => id === ctx.teamId) ? ctx.teamId : null,
    teams: own,
    secondFactor: { enabled: person.twoFactorEnabled },
    hasPassword: ways.some(({ password }) => password !== null),
    providers: ways
      .filter(({ providerId }) => providerId !== "credential")
      .map(({ providerId }) => ({ id: providerId, name: providerName(env, providerId) })),
  };
}
