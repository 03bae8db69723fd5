import { and, eq } from "drizzle-orm";
import type { ShownInvitation } from "../../../shared/contracts/members";
import { sha256Hex } from "../../platform/encoding";
import { HubError } from "../../platform/errors";
import { registryOf } from "../../platform/registry";
import { customRoles, invitations, members, people, teams } from "../tables";
import { readRole, readStanding, type Standing } from "./standing";

export type Found = {
  invitation: typeof invitations.$inferSelect;
  team: { id: string; name: string };
  invitedBy: string | null;
  /** The role of who sent it; null for who is no member any more. */
  inviterRole: string | null;
  roleName: string | null;
};

export const found = (env: Env) =>
  registryOf(env)
    .select({
      invitation: invitations,
      team: { id: teams.id, name: teams.name },
      invitedBy: people.name,
      inviterRole: members.role,
      roleName: customRoles.name,
    })
    .from(invitations)
    .innerJoin(teams, eq(teams.id, invitations.teamId))
    .leftJoin(people, eq(people.id, invitations.invitedBy))
    .leftJoin(
      members,
      and(eq(members.teamId, invitations.teamId), eq(members.personId, invitations.invitedBy)),
    )
    .leftJoin(
      customRoles,
      and(eq(customRoles.teamId, invitations.teamId), eq(customRoles.id, invitations.role)),
    );

type Asked = { env: Env; now: number };

/** What an invitation is for, by the secret of its link. Throws `unauthorized`, `link_used`, `link_expired`. */
export async function showInvitation(asked: Asked, token: string): Promise<ShownInvitation> {
  const { invitation, team, invitedBy, roleName } = await findByToken(asked, token);
  const { email, expiresAt, role } = invitation;
  return {
    team,
    email,
    role: roleName ?? role,
    invitedBy: invitedBy ?? "",
    expiresAt,
    hasAccount: await hasAccount(asked.env, email),
  };
}

export async function findByToken(asked: Asked, token: string): Promise<Found> {
  const hash = await sha256Hex(token);
  const row = await found(asked.env).where(eq(invitations.hash, hash)).get();
  if (!row)
    throw new HubError(
      "unauthorized",
      "This invitation is not known here. It may have been sent again since: look for a newer mail, or ask for a new invitation.",
    );
  await requireGood(asked, row);
  return row;
}

/** Throws where it was used, has expired or was withdrawn, or where who sent it could not send it any more. */
export async function requireGood({ env, now }: Asked, { invitation }: Found): Promise<void> {
  if (invitation.acceptedAt !== null) throw used();
  if (invitation.revokedAt !== null || now >= invitation.expiresAt) throw expired();
  const of = { db: registryOf(env), teamId: invitation.teamId };
  const inviter = await readStanding(of, invitation.invitedBy);
  const role = await readRole(of, invitation.role).catch(() => undefined);
  if (!inviter || !role || !mayStillGive(inviter, role)) throw expired();
}

const mayStillGive = (inviter: Standing, role: Standing): boolean =>
  inviter.permissions.has("members.manage") &&
  (role.role !== "owner" || inviter.role === "owner") &&
  [...role.permissions].every((permission) => inviter.permissions.has(permission));

export const used = (cause?: unknown) =>
  new HubError("link_used", "This invitation was used already. Sign in to find the team.", {
    cause,
  });
const expired = () =>
  new HubError(
    "link_expired",
    "This invitation has expired or was withdrawn. Ask whoever invited you to send it again.",
  );

export async function hasAccount(env: Env, email: string): Promise<boolean> {
  const row = await registryOf(env)
    .select({ id: people.id })
    .from(people)
    .where(eq(people.email, email))
    .get();
  return row !== undefined;
}
