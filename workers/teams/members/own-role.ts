import { and, eq } from "drizzle-orm";
import { isBuiltInRole } from "../../../shared/roles";
import type { Context } from "../../platform/context";
import { HubError } from "../../platform/errors";
import { customRoles } from "../tables";

export type OwnRole = typeof customRoles.$inferSelect;

/** One of the roles the team made itself. Throws `not_found`. */
export async function readOwnRole(ctx: Context, id: string): Promise<OwnRole> {
  const row = await ctx.db
    .select()
    .from(customRoles)
    .where(and(eq(customRoles.teamId, ctx.teamId), eq(customRoles.id, id)))
    .get();
  if (row) return row;
  if (isBuiltInRole(id))
    throw new HubError(
      "conflict",
      `Every team has the role ${id} as it is. Make a role of your own instead.`,
    );
  throw noRole(id);
}

export const noRole = (id: string) =>
  new HubError(
    "not_found",
    `The team has no role ${JSON.stringify(id.slice(0, 100))} of its own. List the roles to see their ids.`,
  );
