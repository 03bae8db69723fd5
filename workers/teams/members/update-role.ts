import { and, eq, sql } from "drizzle-orm";
import type { TeamRole, UpdateRole } from "../../../shared/contracts/members";
import { recorded } from "../../audit";
import { bumpEpoch } from "../../limits";
import { requirePermission, type Context } from "../../platform/context";
import { customRoles } from "../tables";
import { authorIsSame, changedMeanwhile, conditionFailed, onlyIf } from "./conditions";
import { listRoles } from "./list-roles";
import { noRole, readOwnRole, type OwnRole } from "./own-role";
import { nameIsTaken, nameUnlessTaken, requireOwnName, roleNameTaken } from "./role-names";
import { readAuthor, requireHas } from "./standing";

/** Changes what is named and leaves the rest. It holds for the role's members from their next request on. */
export async function updateRole(ctx: Context, id: string, change: UpdateRole): Promise<TeamRole> {
  requirePermission(ctx, "roles.manage");
  const role = await readOwnRole(ctx, id);
  const author = await readAuthor(ctx);
  requireHas(author, role.permissions, `The role ${role.name}`);
  const { name = role.name, description = role.description } = change;
  const permissions = [...new Set(change.permissions ?? role.permissions)];
  if (change.name !== undefined) requireOwnName(name);
  requireHas(author, permissions, "This role");
  const event = {
    action: "role.update",
    subjectId: id,
    before: { name: role.name, description: role.description, permissions: role.permissions },
    after: { name, description, permissions },
  };
  const batch = recorded(ctx, event, [
    onlyIf(ctx, authorIsSame(ctx, author)),
    onlyIf(ctx, roleIsUnchanged(ctx, role)),
    ctx.db
      .update(customRoles)
      .set({ name: nameUnlessTaken(ctx, name, id), description, permissions })
      .where(and(eq(customRoles.teamId, ctx.teamId), eq(customRoles.id, id))),
  ]);
  await batch.catch((error: unknown) => {
    if (nameIsTaken(error)) throw roleNameTaken(name);
    throw conditionFailed(error) ? changedMeanwhile(error) : error;
  });
  await bumpEpoch(ctx, { changed: "everyone" });
  const { items } = await listRoles(ctx);
  const now = items.find((item) => item.id === id);
  if (!now) throw noRole(id);
  return now;
}

const roleIsUnchanged = (ctx: Context, { id, permissions }: OwnRole) =>
  sql`EXISTS (SELECT 1 FROM ${customRoles} WHERE team_id = ${ctx.teamId} AND id = ${id} AND permissions = ${JSON.stringify(permissions)})`;
