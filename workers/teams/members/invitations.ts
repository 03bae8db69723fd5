import { and, desc, eq, gt, isNull, lt, sql } from "drizzle-orm";
import type { Invitation } from "../../../shared/contracts/members";
import type { Page, PageQuery } from "../../../shared/contracts/pages";
import { recorded } from "../../audit";
import { requirePermission, type Context } from "../../platform/context";
import { HubError } from "../../platform/errors";
import { byId, toPage } from "../../platform/pages";
import { customRoles, invitations, people } from "../tables";
import { changedMeanwhile, conditionFailed, onlyIf } from "./conditions";

/** Neither accepted nor withdrawn, and still in its time. */
export const isOpen = (now: number) =>
  and(
    isNull(invitations.acceptedAt),
    isNull(invitations.revokedAt),
    gt(invitations.expiresAt, now),
  );

/** The same as a condition of a batch. */
export const isStillOpen = ({ id, hash }: { id: string; hash: string }, now: number) =>
  sql`EXISTS (SELECT 1 FROM ${invitations} WHERE ${and(eq(invitations.id, id), eq(invitations.hash, hash), isOpen(now))})`;

const listed = (ctx: Context) =>
  ctx.db
    .select({
      id: invitations.id,
      email: invitations.email,
      role: invitations.role,
      customName: customRoles.name,
      inviterId: invitations.invitedBy,
      inviter: people.name,
      createdAt: invitations.createdAt,
      expiresAt: invitations.expiresAt,
    })
    .from(invitations)
    .leftJoin(people, eq(people.id, invitations.invitedBy))
    .leftJoin(
      customRoles,
      and(eq(customRoles.teamId, invitations.teamId), eq(customRoles.id, invitations.role)),
    );

const toInvitation = ({
  customName,
  inviterId,
  inviter,
  ...row
}: Awaited<ReturnType<typeof listed>>[number]): Invitation => ({
  ...row,
  roleName: customName ?? row.role,
  invitedBy: { id: inviterId, name: inviter ?? "" },
});

/** The open ones, newest first. */
export async function listInvitations(ctx: Context, query: PageQuery): Promise<Page<Invitation>> {
  requirePermission(ctx, "members.manage");
  const rows = await listed(ctx)
    .where(
      and(
        eq(invitations.teamId, ctx.teamId),
        isOpen(ctx.now),
        query.cursor === undefined ? undefined : lt(invitations.id, query.cursor),
      ),
    )
    .orderBy(desc(invitations.id))
    .limit(query.limit + 1);
  return toPage(rows, query.limit, { item: toInvitation, cursor: byId });
}

export async function readInvitation(ctx: Context, id: string): Promise<Invitation> {
  const row = await listed(ctx)
    .where(and(eq(invitations.teamId, ctx.teamId), eq(invitations.id, id)))
    .get();
  if (!row) throw noInvitation(id);
  return toInvitation(row);
}

/** The row of an open invitation of the team. Throws `not_found`. */
export async function findOpen(ctx: Context, id: string): Promise<typeof invitations.$inferSelect> {
  const row = await ctx.db
    .select()
    .from(invitations)
    .where(and(eq(invitations.teamId, ctx.teamId), eq(invitations.id, id), isOpen(ctx.now)))
    .get();
  if (!row) throw noInvitation(id);
  return row;
}

/** Its link is void from now on. */
export async function withdrawInvitation(ctx: Context, id: string): Promise<void> {
  requirePermission(ctx, "members.manage");
  const row = await findOpen(ctx, id);
  const event = {
    action: "invitation.withdraw",
    subjectId: id,
    before: { email: row.email, role: row.role },
  };
  const batch = recorded(ctx, event, [
    onlyIf(ctx, isStillOpen(row, ctx.now)),
    ctx.db
      .update(invitations)
      .set({ revokedAt: ctx.now })
      .where(and(eq(invitations.teamId, ctx.teamId), eq(invitations.id, id))),
  ]);
  await batch.catch((error: unknown) => {
    throw conditionFailed(error) ? changedMeanwhile(error) : error;
  });
}

function noInvitation(id: string): HubError {
  return new HubError(
    "not_found",
    `There is no open invitation ${JSON.stringify(id.slice(0, 100))}. List the invitations to see their ids.`,
  );
}
