import { and, asc, desc, eq } from "drizzle-orm";
import { registryOf } from "../../platform/registry";
import { members, sessions } from "../tables";

/** The team a person worked in last, else the one they have belonged to longest; null for who belongs to none. */
export async function firstTeamOf(env: Env, personId: string): Promise<string | null> {
  const row = await registryOf(env)
    .select({ teamId: members.teamId })
    .from(members)
    .leftJoin(
      sessions,
      and(eq(sessions.userId, members.personId), eq(sessions.teamId, members.teamId)),
    )
    .where(eq(members.personId, personId))
    .orderBy(desc(sessions.createdAt), asc(members.createdAt), asc(members.teamId))
    .limit(1)
    .get();
  return row?.teamId ?? null;
}
