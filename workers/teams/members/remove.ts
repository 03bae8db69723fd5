import { and, eq, isNull, sql, type SQL } from "drizzle-orm";
import { recorded } from "../../audit";
import { connections } from "../../connections/tables";
import { bumpEpoch } from "../../limits";
import { notices } from "../../notifications/tables";
import { may, type Context } from "../../platform/context";
import { HubError } from "../../platform/errors";
import {
  apiKeys,
  clientGrants,
  connectionAccess,
  invitations,
  members,
  removedMembers,
  sessions,
  signInLinks,
} from "../tables";
import { lastOwnerOr } from "./change-role";
import { noMember } from "./list";
import { anotherOwner, authorIsSame, conditionFailed, memberIs, onlyIf } from "./conditions";
import { readAuthor, readStanding, requireReach } from "./standing";

/**
 * Removes a member, or lets the caller leave: their keys and AI clients of this team are revoked, what they were named
 * in forgets them, invitations they sent are withdrawn, and their sessions go on in another team of theirs, or in none.
 * Their open pages are cut off at once; a call that has begun may end.
 */
export async function removeMember(ctx: Context, personId: string): Promise<void> {
  const leaves = personId === ctx.actor.personId;
  if (!may(ctx, "members.manage") && !(leaves && ctx.actor.kind === "user"))
    throw new HubError(
      "forbidden",
      "You may not remove members: it needs the permission members.manage. To leave the team yourself, sign in with a browser.",
      { details: { permission: "members.manage" } },
    );
  const author = await readAuthor(ctx);
  const member = await readStanding(ctx, personId);
  if (!member) throw noMember(personId);
  if (!leaves) requireReach(author, member);
  const event = {
    action: leaves ? "member.leave" : "member.remove",
    subjectId: personId,
    before: { role: member.role, roleName: member.name },
  };
  const batch = recorded(ctx, event, [
    onlyIf(ctx, authorIsSame(ctx, author)),
    onlyIf(ctx, memberIs(ctx, { personId, role: member.role })),
    ...(member.role === "owner" ? [onlyIf(ctx, anotherOwner(ctx, personId))] : []),
    ...removalOf(ctx, personId),
    ...(leaves
      ? []
      : [
          ctx.db
            .insert(removedMembers)
            .values({ teamId: ctx.teamId, personId, at: ctx.now })
            .onConflictDoNothing(),
        ]),
  ]);
  await batch.catch(async (error: unknown) => {
    throw conditionFailed(error) ? await lastOwnerOr(ctx, personId, error) : error;
  });
  await bumpEpoch(ctx, { ended: { personId } });
}

/** Everything a person has in the team. */
function removalOf(ctx: Context, personId: string) {
  const { db, teamId, now } = ctx;
  return [
    db.delete(members).where(and(eq(members.teamId, teamId), eq(members.personId, personId))),
    ...whatWasTheirs(ctx, personId),
    db
      .update(sessions)
      .set({ teamId: movesTo(teamId, sql`${personId}`) })
      .where(and(eq(sessions.teamId, teamId), eq(sessions.userId, personId))),
    db
      .update(invitations)
      .set({ revokedAt: now })
      .where(
        and(
          eq(invitations.teamId, teamId),
          eq(invitations.invitedBy, personId),
          isNull(invitations.acceptedAt),
          isNull(invitations.revokedAt),
        ),
      ),
  ] as const;
}

/**
 * Takes away what opens the team to a person besides their membership. Said again when they come back: what was made
 * in the moment of their removal must not come to life with them.
 */
export function whatWasTheirs(
  { db, teamId, now }: Pick<Context, "db" | "teamId" | "now">,
  personId: string,
) {
  return [
    db
      .update(apiKeys)
      .set({ revokedAt: now })
      .where(
        and(eq(apiKeys.teamId, teamId), eq(apiKeys.personId, personId), isNull(apiKeys.revokedAt)),
      ),
    db
      .update(clientGrants)
      .set({ revokedAt: now })
      .where(
        and(
          eq(clientGrants.teamId, teamId),
          eq(clientGrants.personId, personId),
          isNull(clientGrants.revokedAt),
        ),
      ),
    db
      .delete(connectionAccess)
      .where(
        and(
          eq(connectionAccess.teamId, teamId),
          eq(connectionAccess.kind, "person"),
          eq(connectionAccess.subjectId, personId),
        ),
      ),
    // What was their own runs nothing from here on; that it goes is the work of who knows about connections.
    db
      .update(connections)
      .set({ status: "revoked" })
      .where(and(eq(connections.teamId, teamId), eq(connections.ownerId, personId))),
    db.delete(notices).where(and(eq(notices.teamId, teamId), eq(notices.personId, personId))),
    db
      .delete(signInLinks)
      .where(and(eq(signInLinks.teamId, teamId), eq(signInLinks.personId, personId))),
    db
      .delete(removedMembers)
      .where(and(eq(removedMembers.teamId, teamId), eq(removedMembers.personId, personId))),
  ] as const;
}

/**
 * Where a session goes on: in the team its person has belonged to longest besides this one. In none where there is no
 * other, or where the session is good for this team only.
 */
export const movesTo = (teamId: string, personId: SQL) =>
  sql<
    string | null
  >`CASE WHEN only_team_id IS NULL THEN (SELECT m.team_id FROM ${members} AS m WHERE m.person_id = ${personId} AND m.team_id <> ${teamId} ORDER BY m.created_at LIMIT 1) END`;
