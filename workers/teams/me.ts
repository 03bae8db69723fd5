import { and, eq } from "drizzle-orm";
import type { Me } from "../../shared/contracts/teams";
import type { Context } from "../platform/context";
import { HubError } from "../platform/errors";
import { apiKeys, people, sessions, teams } from "./tables";

/** Who the caller is: team, person, role, and the key or session they came with. */
export async function whoAmI(ctx: Context): Promise<Me> {
  const { actor, teamId } = ctx;
  const sessionId = actor.kind === "user" ? actor.sessionId : "";
  const row = await ctx.db
    .select({
      team: { id: teams.id, name: teams.name },
      person: { id: people.id, name: people.name },
      apiKey: { id: apiKeys.id, name: apiKeys.name, prefix: apiKeys.prefix },
      session: { id: sessions.id, expiresAt: sessions.expiresAt },
    })
    .from(teams)
    .innerJoin(people, eq(people.id, actor.personId ?? ""))
    .leftJoin(apiKeys, and(eq(apiKeys.id, actor.id), eq(apiKeys.teamId, teamId)))
    .leftJoin(sessions, and(eq(sessions.id, sessionId), eq(sessions.teamId, teamId)))
    .where(eq(teams.id, teamId))
    .get();
  if (!row) throw new HubError("unauthorized", "Your team is not known here any more.");
  const session = row.session && { ...row.session, expiresAt: row.session.expiresAt.getTime() };
  return { ...row, session, role: ctx.role, permissions: [...ctx.permissions] };
}
