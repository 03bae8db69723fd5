import { and, asc, eq, gt, sql } from "drizzle-orm";
import type { Page } from "../../../shared/contracts/pages";
import type { Secret, SecretQuery } from "../../../shared/contracts/secrets";
import { requirePermission, type Context } from "../../platform/context";
import { toPage } from "../../platform/pages";
import { teamSecrets } from "../tables";
import { readSecret, toSecret, toSecrets } from "./rows";

const searched = sql`${teamSecrets.name} || ' ' || coalesce(${teamSecrets.description}, '')`;

/** By name. The cursor is the last name of the page before. */
export async function listSecrets(
  ctx: Context,
  { query, cursor, limit }: SecretQuery,
): Promise<Page<Secret>> {
  requirePermission(ctx, "secrets.read");
  const rows = await ctx.db
    .select()
    .from(teamSecrets)
    .where(
      and(
        eq(teamSecrets.teamId, ctx.teamId),
        cursor === undefined ? undefined : gt(teamSecrets.name, cursor),
        query === undefined
          ? undefined
          : sql`instr(lower(${searched}), lower(${query.trim()})) > 0`,
      ),
    )
    .orderBy(asc(teamSecrets.name))
    .limit(limit + 1);
  const shown = await toSecrets(ctx, rows);
  return toPage(shown, limit, { item: (secret) => secret, cursor: ({ name }) => name });
}

export async function getSecret(ctx: Context, id: string): Promise<Secret> {
  requirePermission(ctx, "secrets.read");
  return toSecret(ctx, await readSecret(ctx, id));
}
