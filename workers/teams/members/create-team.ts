import { and, eq, sql } from "drizzle-orm";
import type { CreatedTeam, CreateTeam } from "../../../shared/contracts/members";
import { newId } from "../../../shared/ids";
import { recorded } from "../../audit";
import { bumpEpoch } from "../../limits";
import { HubError } from "../../platform/errors";
import type { PersonContext } from "../identity/person";
import { members, sessions, teams } from "../tables";
import { requireFreeSession } from "./free-session";
import { conditionFailed, onlyIf } from "./conditions";

/** What a team has in the vault: its data key. */
export type TeamKeys = {
  createTeamKey: (env: Env, teamId: string) => Promise<void>;
  destroyTeamKey: (env: Env, teamId: string) => Promise<void>;
};

const maxOwned = 20;

/** A team of one's own: with its data key, its maker as owner, and the session moved to it. */
export async function createTeam(
  person: PersonContext,
  input: CreateTeam,
  keys: TeamKeys,
): Promise<CreatedTeam> {
  requireFreeSession(person);
  const { env, db, now, personId, sessionId } = person;
  const team = { id: newId("team", now), name: input.name };
  const owned = sql`(SELECT count(*) FROM ${members} WHERE person_id = ${personId} AND role = 'owner') < ${maxOwned}`;
  await keys.createTeamKey(env, team.id);
  const event = {
    action: "team.create",
    subjectId: team.id,
    after: { name: team.name, owner: personId },
  };
  const batch = recorded({ ...person, teamId: team.id }, event, [
    onlyIf(person, owned),
    db.insert(teams).values({ ...team, createdAt: now }),
    db.insert(members).values({ teamId: team.id, personId, role: "owner", createdAt: now }),
    db
      .update(sessions)
      .set({ teamId: team.id })
      .where(and(eq(sessions.id, sessionId), eq(sessions.userId, personId))),
  ]);
  await batch.catch(async (error: unknown) => {
    await keys.destroyTeamKey(env, team.id);
    throw conditionFailed(error) ? tooMany(error) : error;
  });
  if (person.teamId !== null)
    await bumpEpoch({ env, teamId: person.teamId }, { changed: { sessionId } });
  return team;
}

const tooMany = (cause: unknown) =>
  new HubError(
    "conflict",
    `You own ${maxOwned} teams already. Delete one, or let somebody else own it.`,
    { cause },
  );
