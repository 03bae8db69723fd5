import { eq } from "drizzle-orm";
import type { BatchItem } from "drizzle-orm/batch";
import { recorded } from "../audit";
import type { Context } from "../platform/context";
import { isTaken, nameTaken } from "./names";
import { freeSlug, reservedSlugs, slugOf } from "./slug";
import { connections, type ConnectionRow } from "./tables";

const maxSlugsTried = 5;

export type UnnamedRow = Omit<ConnectionRow, "slug">;

/**
 * Writes a new connection, what stands `beside` it and its audit entry in one batch. Two names can want one slug at the
 * same time: the index decides, and the loser takes the next.
 */
export async function insertConnection(
  ctx: Context,
  unnamed: UnnamedRow,
  beside: (row: ConnectionRow) => Promise<BatchItem<"sqlite">[]>,
): Promise<ConnectionRow> {
  for (let tried = 1; ; tried++) {
    const taken = await ctx.db
      .select({ slug: connections.slug })
      .from(connections)
      .where(eq(connections.teamId, ctx.teamId));
    const row = {
      ...unnamed,
      slug: freeSlug(
        slugOf(unnamed.name),
        new Set([...reservedSlugs, ...taken.map(({ slug }) => slug)]),
      ),
    };
    try {
      const { name, connector, authMethod, url, headerNames } = row;
      const event = {
        action: "connection.create",
        subjectId: row.id,
        after: {
          name,
          connector,
          authMethod,
          url,
          headerNames,
          owner: row.ownerId === null ? "team" : "person",
        },
      };
      await recorded(ctx, event, [ctx.db.insert(connections).values(row), ...(await beside(row))]);
      return row;
    } catch (error) {
      if (isTaken(error, "name")) throw nameTaken(row.name);
      if (!isTaken(error, "slug") || tried === maxSlugsTried) throw error;
    }
  }
}
