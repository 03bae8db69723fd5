import { and, eq, ne } from "drizzle-orm";
import type { Context } from "../platform/context";
import { HubError } from "../platform/errors";
import { refusedTaken } from "../platform/refused";
import { connections } from "./tables";

export function nameTaken(name: string): HubError {
  return new HubError(
    "conflict",
    `A connection named ${JSON.stringify(name)} exists already. Choose another name.`,
    { details: { field: "name" } },
  );
}

/** `except` is the connection that may keep its own name. */
export async function requireFreeName(ctx: Context, name: string, except = ""): Promise<void> {
  const other = await ctx.db
    .select({ id: connections.id })
    .from(connections)
    .where(
      and(
        eq(connections.teamId, ctx.teamId),
        eq(connections.name, name),
        ne(connections.id, except),
      ),
    )
    .get();
  if (other) throw nameTaken(name);
}

/** Two requests can take the same free name at once: the index decides. */
export const isTaken = (error: unknown, column: "name" | "slug"): boolean =>
  refusedTaken(error, `connections.team_id, connections.${column}`);
