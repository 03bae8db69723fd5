import { and, eq, gt, isNull, lt, sql } from "drizzle-orm";
import type { SignedIn } from "../../../shared/contracts/teams";
import { recorded } from "../../audit";
import { sha256Hex } from "../../platform/encoding";
import { HubError } from "../../platform/errors";
import { registryOf } from "../../platform/registry";
import { refusedNull } from "../../platform/refused";
import type { Visit } from "../visit";
import { newSession } from "./new-session";
import { members, people, sessions, signInLinks, teams } from "../tables";

const wayOn = "Restart npm start, which prints a new link, or ask whoever runs the hub for one.";

/**
 * Spends the link and makes a session; of several that spend it at once, one gets in. Sessions the person has already
 * go on. Throws `unauthorized`, `link_used`, `link_expired`.
 */
export async function signIn(
  visit: Visit,
  token: string,
): Promise<{ sessionToken: string; signedIn: SignedIn }> {
  const { env, db, now, address, userAgent } = visit;
  const found = await readLink(env, await sha256Hex(token));
  if (!found) throw new HubError("unauthorized", `This sign-in link is not known here. ${wayOn}`);
  const { link, team, person, role } = found;
  if (link.usedAt !== null) throw used();
  if (now >= link.expiresAt)
    throw new HubError("link_expired", `This sign-in link has expired. ${wayOn}`);
  const { token: sessionToken, row: session } = newSession({
    personId: person.id,
    teamId: team.id,
    secondFactorAt: null,
    address,
    userAgent,
    now,
  });
  const unspent = and(
    eq(signInLinks.id, link.id),
    isNull(signInLinks.usedAt),
    gt(signInLinks.expiresAt, now),
  );
  const actor = {
    kind: "user",
    id: person.id,
    personId: person.id,
    sessionId: session.id,
  } as const;
  const author = { ...visit, teamId: team.id, actor };
  const event = {
    action: "session.create",
    subjectId: session.id,
    details: { by: "sign-in link", signInLink: link.id },
  };
  const batch = recorded(author, event, [
    // Of several that ask at once all can find the link unused: whoever comes second finds it spent.
    db.insert(sessions).values({
      ...session,
      token: sql`(SELECT ${session.token} FROM ${signInLinks} WHERE ${unspent})`,
    }),
    db.update(signInLinks).set({ usedAt: now }).where(unspent),
    db
      .delete(sessions)
      .where(and(eq(sessions.userId, person.id), lt(sessions.expiresAt, new Date(now)))),
  ]);
  await batch.catch((error: unknown) => {
    throw refusedNull(error, "sessions.token") ? used(error) : error;
  });
  const signedIn = { team, person, role, expiresAt: session.expiresAt.getTime() };
  return { sessionToken, signedIn };
}

function readLink(env: Env, hash: string) {
  return registryOf(env)
    .select({
      link: { id: signInLinks.id, usedAt: signInLinks.usedAt, expiresAt: signInLinks.expiresAt },
      team: { id: teams.id, name: teams.name },
      person: { id: people.id, name: people.name },
      role: members.role,
    })
    .from(signInLinks)
    .innerJoin(
      members,
      and(eq(members.teamId, signInLinks.teamId), eq(members.personId, signInLinks.personId)),
    )
    .innerJoin(teams, eq(teams.id, signInLinks.teamId))
    .innerJoin(people, eq(people.id, signInLinks.personId))
    .where(eq(signInLinks.hash, hash))
    .get();
}

function used(cause?: unknown): HubError {
  return new HubError("link_used", `This sign-in link was used already. ${wayOn}`, { cause });
}
