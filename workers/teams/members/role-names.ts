import { sql } from "drizzle-orm";
import { isBuiltInRole } from "../../../shared/roles";
import type { Context } from "../../platform/context";
import { HubError } from "../../platform/errors";
import { refusedNull, refusedTaken } from "../../platform/refused";
import { customRoles } from "../tables";

/** Two names that differ in upper and lower case alone are one. The index tells only those that are the same. */
export const nameUnlessTaken = (ctx: Context, name: string, id: string) =>
  sql`CASE WHEN NOT EXISTS (SELECT 1 FROM ${customRoles} AS r WHERE r.team_id = ${ctx.teamId} AND r.id <> ${id} AND lower(r.name) = lower(${name})) THEN ${name} END`;

export const nameIsTaken = (error: unknown): boolean =>
  refusedNull(error, "custom_roles.name") ||
  refusedTaken(error, "custom_roles.team_id, custom_roles.name");

export function requireOwnName(name: string): void {
  if (isBuiltInRole(name.toLowerCase())) throw roleNameTaken(name);
}

export const roleNameTaken = (name: string) =>
  new HubError(
    "conflict",
    `A role named ${JSON.stringify(name)} exists already. Choose another name.`,
    { details: { field: "body.name" } },
  );
