import { eq } from "drizzle-orm";
import { requireSecondFactor, type Context } from "../platform/context";
import { teams } from "../teams/tables";

/** Where the team says that sensitive actions need a second factor, one must stand behind the caller. */
export async function requireForSensitive(
  ctx: Pick<Context, "db" | "teamId" | "actor" | "secondFactorAt" | "now">,
  what: string,
): Promise<void> {
  const team = await ctx.db
    .select({ asks: teams.sensitiveNeedsSecondFactor })
    .from(teams)
    .where(eq(teams.id, ctx.teamId))
    .get();
  if (team?.asks === true) requireSecondFactor(ctx, what);
}
