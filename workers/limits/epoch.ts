import type { Context } from "../platform/context";

/** What Workers remember of the team is void from here on. Always after the write, never before. */
export async function bumpEpoch(ctx: Context): Promise<void> {
  await ctx.env.TEAM_GATE.getByName(ctx.teamId).bump();
}
