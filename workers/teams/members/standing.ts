import { and, eq } from "drizzle-orm";
import { isBuiltInRole, permissionsOf, type Permission } from "../../../shared/roles";
import type { Context } from "../../platform/context";
import { HubError } from "../../platform/errors";
import { customRoles, members } from "../tables";

/** A role as the team has it now. */
export type Standing = { role: string; name: string; permissions: ReadonlySet<Permission> };

type RoleRow = { role: string; name: string | null; permissions: Permission[] | null };

export const standingOf = ({ role, name, permissions }: RoleRow): Standing => ({
  role,
  name: name ?? role,
  permissions: isBuiltInRole(role) ? permissionsOf(role) : new Set(permissions),
});

/** The role of a member; undefined for who is none. */
export async function readStanding(
  ctx: Pick<Context, "db" | "teamId">,
  personId: string,
): Promise<Standing | undefined> {
  const row = await ctx.db
    .select({ role: members.role, name: customRoles.name, permissions: customRoles.permissions })
    .from(members)
    .leftJoin(
      customRoles,
      and(eq(customRoles.teamId, members.teamId), eq(customRoles.id, members.role)),
    )
    .where(and(eq(members.teamId, ctx.teamId), eq(members.personId, personId)))
    .get();
  return row && standingOf(row);
}

/** A role every team has, or one of this team's own. Throws `invalid_input` for any other. */
export async function readRole(
  ctx: Pick<Context, "db" | "teamId">,
  role: string,
): Promise<Standing> {
  if (isBuiltInRole(role)) return standingOf({ role, name: role, permissions: null });
  const row = await ctx.db
    .select({ name: customRoles.name, permissions: customRoles.permissions })
    .from(customRoles)
    .where(and(eq(customRoles.teamId, ctx.teamId), eq(customRoles.id, role)))
    .get();
  if (row) return standingOf({ role, ...row });
  throw new HubError(
    "invalid_input",
    `body.role: there is no role ${JSON.stringify(role.slice(0, 100))}. List the roles at /api/v1/roles.`,
    { details: { field: "body.role" } },
  );
}

/** What a change of members or roles goes by: what its author may do, and whether they are an owner. */
export type Author = { permissions: ReadonlySet<Permission>; role: string | undefined };

/** The caller as the registry has them now. A client that acts for nobody has no role. */
export async function readAuthor(ctx: Context): Promise<Author> {
  const { personId } = ctx.actor;
  const standing = personId === null ? undefined : await readStanding(ctx, personId);
  return { permissions: ctx.permissions, role: standing?.role };
}

/**
 * Nobody gives more than they have, and nobody changes or removes who may do more than they; owners are made, changed
 * and removed by owners alone. Throws `forbidden`.
 */
export function requireReach(author: Author, { role, name, permissions }: Standing): void {
  if (role === "owner" && author.role !== "owner")
    throw new HubError("forbidden", "Only an owner of the team may do this. Ask one of them.");
  requireHas(author, permissions, `The role ${name}`);
}

/** Throws `forbidden` where `what` may do something that its author may not. */
export function requireHas(
  author: Pick<Author, "permissions">,
  permissions: Iterable<Permission>,
  what: string,
): void {
  const beyond = [...permissions].filter((permission) => !author.permissions.has(permission));
  if (beyond.length === 0) return;
  throw new HubError(
    "forbidden",
    `${what} may do more than you may: ${beyond.join(", ")}. Ask somebody who has these permissions.`,
    { details: { permissions: beyond } },
  );
}
