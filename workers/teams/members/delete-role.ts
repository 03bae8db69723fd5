import { and, eq, sql } from "drizzle-orm";
import { recorded } from "../../audit";
import { bumpEpoch } from "../../limits";
import { requirePermission, type Context } from "../../platform/context";
import { HubError } from "../../platform/errors";
import { connectionAccess, customRoles, invitations, members, ssoProviders } from "../tables";
import { authorIsSame, conditionFailed, onlyIf } from "./conditions";
import { isOpen } from "./invitations";
import { readOwnRole } from "./own-role";
import { readAuthor, requireHas } from "./standing";

/** Removes a role that no member and no open invitation has. Throws `conflict` while one has. */
export async function deleteRole(ctx: Context, id: string): Promise<void> {
  requirePermission(ctx, "roles.manage");
  const role = await readOwnRole(ctx, id);
  const author = await readAuthor(ctx);
  requireHas(author, role.permissions, `The role ${role.name}`);
  const event = {
    action: "role.delete",
    subjectId: id,
    before: { name: role.name, description: role.description, permissions: role.permissions },
  };
  const { teamId, now } = ctx;
  const batch = recorded(ctx, event, [
    onlyIf(ctx, authorIsSame(ctx, author)),
    onlyIf(
      ctx,
      sql`NOT EXISTS (SELECT 1 FROM ${members} WHERE team_id = ${teamId} AND role = ${id})
      AND NOT EXISTS (SELECT 1 FROM ${invitations} WHERE ${and(eq(invitations.teamId, teamId), eq(invitations.role, id), isOpen(now))})
      AND NOT EXISTS (SELECT 1 FROM ${ssoProviders} WHERE team_id = ${teamId} AND default_role = ${id})`,
    ),
    ctx.db.delete(customRoles).where(and(eq(customRoles.teamId, teamId), eq(customRoles.id, id))),
    ctx.db
      .delete(connectionAccess)
      .where(
        and(
          eq(connectionAccess.teamId, teamId),
          eq(connectionAccess.kind, "role"),
          eq(connectionAccess.subjectId, id),
        ),
      ),
  ]);
  await batch.catch((error: unknown) => {
    throw conditionFailed(error) ? inUse(role.name, error) : error;
  });
  await bumpEpoch(ctx);
}

const inUse = (name: string, cause: unknown) =>
  new HubError(
    "conflict",
    `Somebody has the role ${name}, or is invited into it, or single sign-on gives it. Give them another role first.`,
    { cause },
  );
