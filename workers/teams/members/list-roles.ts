import { asc, count, eq } from "drizzle-orm";
import type { TeamRole } from "../../../shared/contracts/members";
import { permissionsOf, roles } from "../../../shared/roles";
import { requirePermission, type Context } from "../../platform/context";
import { customRoles, members } from "../tables";

const said = {
  owner: "Everything, and deleting the team",
  admin: "Configures connections, tools, members and roles",
  operator: "Runs tools, and reads the audit log",
  member: "Runs tools",
  viewer: "Looks, and changes nothing",
} as const;

/** Those every team has, then the team's own, oldest first. */
export async function listRoles(ctx: Context): Promise<{ items: TeamRole[] }> {
  requirePermission(ctx, "members.read");
  const [own, counts] = await ctx.db.batch([
    ctx.db
      .select()
      .from(customRoles)
      .where(eq(customRoles.teamId, ctx.teamId))
      .orderBy(asc(customRoles.id)),
    ctx.db
      .select({ role: members.role, members: count() })
      .from(members)
      .where(eq(members.teamId, ctx.teamId))
      .groupBy(members.role),
  ]);
  const membersOf = new Map(counts.map(({ role, members: many }) => [role, many]));
  return {
    items: [
      ...roles.map((role) => ({
        id: role,
        name: role,
        description: said[role],
        builtIn: true,
        permissions: [...permissionsOf(role)],
        members: membersOf.get(role) ?? 0,
      })),
      ...own.map(({ id, name, description, permissions }) => ({
        id,
        name,
        description,
        builtIn: false,
        permissions,
        members: membersOf.get(id) ?? 0,
      })),
    ],
  };
}
