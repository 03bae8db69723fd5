import { and, eq } from "drizzle-orm";
import { secretUses } from "../credentials/tables";
import { may, requirePermission, type Context } from "../platform/context";
import { noConnection, readConnection, type ListedRow } from "./rows";
import type { ConnectionRow } from "./tables";

/**
 * Whoever changes a connection: the team's takes `connections.write`, one's own `connections.own`. Nobody else's own is
 * there at all, whatever somebody may configure. Throws `forbidden`, `not_found`.
 */
export function requireManage(ctx: Context, row: Pick<ConnectionRow, "id" | "ownerId">): void {
  if (row.ownerId === null) return requirePermission(ctx, "connections.write");
  if (row.ownerId !== ctx.actor.personId) throw noConnection(row.id);
  requirePermission(ctx, "connections.own");
}

/** Who may manage no connection at all hears so, and not whether there is one of this name. Throws `forbidden`. */
export function requireMayManage(ctx: Context): void {
  if (!may(ctx, "connections.own")) requirePermission(ctx, "connections.write");
}

/**
 * A credential that names the team's secrets sends them wherever the connection leads: to lead it elsewhere takes
 * whoever may name them. Throws `forbidden`.
 */
export async function requireMayMove(ctx: Context, { id }: ConnectionRow): Promise<void> {
  if (may(ctx, "secrets.write")) return;
  const used = await ctx.db
    .select({ name: secretUses.secretName })
    .from(secretUses)
    .where(and(eq(secretUses.teamId, ctx.teamId), eq(secretUses.connectionId, id)))
    .limit(1);
  if (used.length > 0) requirePermission(ctx, "secrets.write");
}

/** The connection as it is now, for a change. Throws `forbidden`, `not_found`. */
export async function readManaged(ctx: Context, idOrSlug: string): Promise<ListedRow> {
  requireMayManage(ctx);
  const row = await readConnection(ctx, idOrSlug);
  requireManage(ctx, row);
  return row;
}
