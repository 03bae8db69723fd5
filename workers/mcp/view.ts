import { and, asc, eq, ne } from "drizzle-orm";
import { findConnection, type ConnectionRow } from "../connections";
import { connections } from "../connections/tables";
import { remember, type Context } from "../platform/context";

/** What a client sees: all connections at `/mcp`, or one of them, names untouched, at `/mcp/c/<connection>`. */
export type View = { connection: string | null };

/** The connections of the view that are not disabled, oldest first. */
export async function connectionsOf(ctx: Context, view: View): Promise<ConnectionRow[]> {
  if (view.connection !== null) return [await findConnection(ctx, view.connection)];
  return remember(ctx, "mcp/connections", () =>
    ctx.db
      .select()
      .from(connections)
      .where(and(eq(connections.teamId, ctx.teamId), ne(connections.status, "disabled")))
      .orderBy(asc(connections.id)),
  );
}
