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
