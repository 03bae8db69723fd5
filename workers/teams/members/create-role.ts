import { eq, sql } from "drizzle-orm";
import type { CreateRole, TeamRole } from "../../../shared/contracts/members";
import { newId } from "../../../shared/ids";
import { recorded } from "../../audit";
import { requirePermission, type Context } from "../../platform/context";
import { HubError } from "../../platform/errors";
import { customRoles } from "../tables";
import { authorIsSame, changedMeanwhile, conditionFailed, onlyIf } from "./conditions";
import { nameIsTaken, nameUnlessTaken, requireOwnName, roleNameTaken } from "./role-names";
import { readAuthor, requireHas } from "./standing";

const maxRoles = 50;

/** A role made of what its maker has. Throws `forbidden` for anything beyond. */
export async function createRole(ctx: Context, input: CreateRole): Promise<TeamRole> {
  requirePermission(ctx, "roles.manage");
  const { name, description } = input;
  const permissions = [...new Set(input.permissions)];
  requireOwnName(name);
  const author = await readAuthor(ctx);
  requireHas(author, permissions, "This role");
  const id = newId("rol", ctx.now);
  const event = {
    action: "role.create",
    subjectId: id,
    after: { name, description, permissions },
  };
  const batch = recorded(ctx, event, [
    onlyIf(ctx, authorIsSame(ctx, author)),
    onlyIf(
      ctx,
      sql`(SELECT count(*) FROM ${customRoles} WHERE team_id = ${ctx.teamId}) < ${maxRoles}`,
    ),
    ctx.db.insert(customRoles).values({
      id,
      teamId: ctx.teamId,
      name: nameUnlessTaken(ctx, name, id),
      description,
      permissions,
      createdAt: ctx.now,
    }),
  ]);
  await batch.catch(async (error: unknown) => {
    if (nameIsTaken(error)) throw roleNameTaken(name);
    if (!conditionFailed(error)) throw error;
    const own = await ctx.db.$count(customRoles, eq(customRoles.teamId, ctx.teamId));
    throw own < maxRoles ? changedMeanwhile(error) : tooMany(error);
  });
  return { id, name, description, builtIn: false, permissions, members: 0 };
}

const tooMany = (cause: unknown) =>
  new HubError(
    "conflict",
    `A team has ${maxRoles} roles of its own at most. Delete one that nobody has, then make the new one.`,
    { cause },
  );
