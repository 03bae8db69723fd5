import type { Context } from "../platform/context";
import type { CredentialUse } from "./credential-uses";

/** When and where these keys, sessions or client grants of the team were used last, by id. One hop. */
export async function lastUses(
  ctx: Pick<Context, "env" | "teamId">,
  ids: readonly string[],
): Promise<ReadonlyMap<string, CredentialUse>> {
  if (ids.length === 0) return new Map();
  const uses = await ctx.env.TEAM_LEDGER.getByName(ctx.teamId).credentialUses(ids);
  return new Map(Object.entries(uses));
}

/** When these connections of the team were called last, by id. One hop. */
export async function lastCalls(
  ctx: Pick<Context, "env" | "teamId">,
  connectionIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (connectionIds.length === 0) return new Map();
  const calls = await ctx.env.TEAM_LEDGER.getByName(ctx.teamId).lastCalls(connectionIds);
  return new Map(Object.entries(calls));
}
