import { and, eq } from "drizzle-orm";
import type { TeamMember } from "../../../shared/contracts/members";
import { recorded } from "../../audit";
import { bumpEpoch } from "../../limits";
import { requirePermission, type Context } from "../../platform/context";
import { HubError } from "../../platform/errors";
import { members } from "../tables";
import { noMember, readMemberOf } from "./list";
import {
  anotherOwner,
  authorIsSame,
  changedMeanwhile,
  conditionFailed,
  memberIs,
  onlyIf,
  roleIsThere,
} from "./conditions";
import { readAuthor, readRole, readStanding, requireReach } from "./standing";

/**
 * Gives a member another role; it holds from their next request on. Throws `forbidden` for what lies beyond the caller,
 * `conflict` where the team would be left without an owner.
 */
export async function changeRole(
  ctx: Context,
  personId: string,
  role: string,
): Promise<TeamMember> {
  requirePermission(ctx, "members.manage");
  const author = await readAuthor(ctx);
  const before = await readStanding(ctx, personId);
  if (!before) throw noMember(personId);
  const after = await readRole(ctx, role);
  requireReach(author, before);
  requireReach(author, after);
  if (before.role === after.role) return readMemberOf(ctx, personId);
  const event = {
    action: "member.change",
    subjectId: personId,
    before: { role: before.role, roleName: before.name },
    after: { role: after.role, roleName: after.name },
  };
  const batch = recorded(ctx, event, [
    onlyIf(ctx, authorIsSame(ctx, author)),
    onlyIf(ctx, memberIs(ctx, { personId, role: before.role })),
    onlyIf(ctx, roleIsThere(ctx, after.role)),
    ...(before.role === "owner" ? [onlyIf(ctx, anotherOwner(ctx, personId))] : []),
    ctx.db
      .update(members)
      .set({ role: after.role })
      .where(and(eq(members.teamId, ctx.teamId), eq(members.personId, personId))),
  ]);
  await batch.catch(async (error: unknown) => {
    throw conditionFailed(error) ? await lastOwnerOr(ctx, personId, error) : error;
  });
  await bumpEpoch(ctx, { changed: { personId } });
  return readMemberOf(ctx, personId);
}

/** Why a member could not be changed or removed. */
export async function lastOwnerOr(
  ctx: Context,
  personId: string,
  cause: unknown,
): Promise<HubError> {
  const owners = await ctx.db
    .select({ personId: members.personId })
    .from(members)
    .where(and(eq(members.teamId, ctx.teamId), eq(members.role, "owner")))
    .limit(2);
  if (owners.length !== 1 || owners[0]?.personId !== personId) return changedMeanwhile(cause);
  return new HubError(
    "conflict",
    "This is the team's last owner. Make somebody else an owner first, or delete the team.",
    { cause },
  );
}
