import { and, asc, eq, ne } from "drizzle-orm";
import { findConnection, type ConnectionRow } from "../connections";
import { connections } from "../connections/tables";
import { remember, type Context } from "../platform/context";
import { HubError } from "../platform/errors";

/** What a client sees: all connections at `/mcp`, or one of them, names untouched, at `/mcp/c/<connection>`. */
export type View = { connection: string | null };

/** The connections of the view, oldest first; disabled ones are left out. Throws when it is of one that is disabled. */
export async function connectionsOf(ctx: Context, view: View): Promise<ConnectionRow[]> {
  if (view.connection !== null) return [requireEnabled(await findConnection(ctx, view.connection))];
  const all = await remember(ctx, "mcp/connections", () =>
    ctx.db
      .select()
      .from(connections)
      .where(and(eq(connections.teamId, ctx.teamId), ne(connections.status, "disabled")))
      .orderBy(asc(connections.id)),
  );
  return ctx.hidden.size === 0 ? all : all.filter(({ id }) => !ctx.hidden.has(id));
}

function requireEnabled(connection: ConnectionRow): ConnectionRow {
  if (connection.status !== "disabled") return connection;
  throw new HubError(
    "connection_disabled",
    `The connection ${connection.name} is disabled. Enable it to use it.`,
  );
}
