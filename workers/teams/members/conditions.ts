import { sql, type SQL } from "drizzle-orm";
import { isBuiltInRole } from "../../../shared/roles";
import type { Context } from "../../platform/context";
import { HubError } from "../../platform/errors";
import { refusedNull } from "../../platform/refused";
import { customRoles, members } from "../tables";
import type { Author } from "./standing";

/**
 * A statement that fails the batch it stands in unless the condition holds, since it would make a member of no team: D1
 * has no transaction in which to look first.
 */
export const onlyIf = (ctx: Pick<Context, "db">, condition: SQL) =>
  ctx.db.insert(members).select(sql`SELECT NULL, NULL, NULL, NULL WHERE NOT (${condition})`);

/** Whether a batch failed for such a condition. */
export const conditionFailed = (error: unknown): boolean => refusedNull(error, "members.team_id");

/** The author has the role still that they were judged by: two who demote each other at once do not both get through. */
export const authorIsSame = (ctx: Context, { role }: Author): SQL =>
  role === undefined ? sql`TRUE` : memberIs(ctx, { personId: ctx.actor.personId, role });

/** One of the team's owners is left without this person. */
export const anotherOwner = (ctx: Pick<Context, "teamId">, personId: string): SQL =>
  sql`EXISTS (SELECT 1 FROM ${members} WHERE team_id = ${ctx.teamId} AND role = 'owner' AND person_id <> ${personId})`;

/** The member has this role still. */
export const memberIs = (
  ctx: Pick<Context, "teamId">,
  { personId, role }: { personId: string | null; role: string },
): SQL =>
  sql`EXISTS (SELECT 1 FROM ${members} WHERE team_id = ${ctx.teamId} AND person_id = ${personId} AND role = ${role})`;

/** The role is there still. */
export const roleIsThere = (ctx: Pick<Context, "teamId">, role: string): SQL =>
  isBuiltInRole(role)
    ? sql`TRUE`
    : sql`EXISTS (SELECT 1 FROM ${customRoles} WHERE team_id = ${ctx.teamId} AND id = ${role})`;

export function changedMeanwhile(cause: unknown): HubError {
  return new HubError(
    "conflict",
    "The team's members or roles changed while this was asked. Look again, and try once more.",
    { cause },
  );
}
