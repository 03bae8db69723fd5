import type { Context } from "../../platform/context";

export type Seen = { at: number; address: string | null; userAgent: string | null };

/** When and where these credentials were last used, by id. */
export async function lastSeenOf(
  ctx: Context,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Seen>> {
  if (ids.length === 0) return new Map();
  const uses = await ctx.env.TEAM_LEDGER.getByName(ctx.teamId).credentialUses(ids);
  return new Map(Object.entries(uses));
}
