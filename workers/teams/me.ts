import { and, eq } from "drizzle-orm";
import type { Me } from "../../shared/contracts/teams";
import type { Context } from "../platform/context";
import { HubError } from "../platform/errors";
import { apiKeys, people, teams } from "./tables";

/** Who the caller is: team, person, role, key. */
export async function whoAmI(ctx: Context): Promise<Me> {
  const row = await ctx.db
    .select({
      team: { id: teams.id, name: teams.name },
      person: { id: people.id, name: people.name },
      apiKey: { id: apiKeys.id, name: apiKeys.name, prefix: apiKeys.prefix },
    })
    .from(apiKeys)
    .innerJoin(teams, eq(teams.id, apiKeys.teamId))
    .innerJoin(people, eq(people.id, apiKeys.personId))
    .where(and(eq(apiKeys.id, ctx.actor.id), eq(apiKeys.teamId, ctx.teamId)))
    .get();
  if (!row) throw new HubError("unauthorized", "This API key is not known here.");
  return { ...row, role: ctx.role };
}
