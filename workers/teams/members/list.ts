import { and, asc, eq, gt, sql } from "drizzle-orm";
import type { TeamMember, TeamMemberQuery } from "../../../shared/contracts/members";
import type { Page } from "../../../shared/contracts/pages";
import { requirePermission, type Context } from "../../platform/context";
import { HubError } from "../../platform/errors";
import { byId, toPage } from "../../platform/pages";
import { shownEmail } from "../identity/email";
import { customRoles, members, people, sessions } from "../tables";

const lastSeenAt = sql<
  number | null
>`(SELECT max(s.updated_at) FROM ${sessions} AS s WHERE s.person_id = members.person_id AND s.team_id = members.team_id)`;

const joined = (ctx: Context) =>
  ctx.db
    .select({
      id: people.id,
      name: people.name,
      email: people.email,
      secondFactor: people.twoFactorEnabled,
      role: members.role,
      customName: customRoles.name,
      createdAt: members.createdAt,
      lastSeenAt,
    })
    .from(members)
    .innerJoin(people, eq(people.id, members.personId))
    .leftJoin(
      customRoles,
      and(eq(customRoles.teamId, members.teamId), eq(customRoles.id, members.role)),
    );
type Row = Awaited<ReturnType<typeof joined>>[number];

const toMember =
  (ctx: Context) =>
  ({ customName, email, ...row }: Row): TeamMember => ({
    ...row,
    email: shownEmail(email),
    roleName: customName ?? row.role,
    you: row.id === ctx.actor.personId,
  });

/** By their ids. Every word of `query` must stand in the name or the email. */
export async function listMembers(ctx: Context, query: TeamMemberQuery): Promise<Page<TeamMember>> {
  requirePermission(ctx, "members.read");
  const words = (query.query ?? "").split(/\s+/).filter(Boolean).slice(0, 10);
  const rows = await joined(ctx)
    .where(
      and(
        eq(members.teamId, ctx.teamId),
        query.cursor === undefined ? undefined : gt(members.personId, query.cursor),
        ...words.map(
          (word) => sql`instr(lower(${people.name} || ' ' || ${people.email}), lower(${word})) > 0`,
        ),
      ),
    )
    .orderBy(asc(members.personId))
    .limit(query.limit + 1);
  return toPage(rows, query.limit, { item: toMember(ctx), cursor: byId });
}

export async function readMemberOf(ctx: Context, personId: string): Promise<TeamMember> {
  const row = await joined(ctx)
    .where(and(eq(members.teamId, ctx.teamId), eq(members.personId, personId)))
    .get();
  if (!row) throw noMember(personId);
  return toMember(ctx)(row);
}

export function noMember(personId: string): HubError {
  return new HubError(
    "not_found",
    `There is no member ${JSON.stringify(personId.slice(0, 100))} in this team. List the members to see their ids.`,
  );
}
