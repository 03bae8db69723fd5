import { and, eq, ne, sql } from "drizzle-orm";
import type { BatchItem } from "drizzle-orm/batch";
import { newId } from "../../shared/ids";
import type { Listing } from "../connectors";
import { connections } from "../connections/tables";
import type { Context } from "../platform/context";
import { HubError } from "../platform/errors";
import { definitionHash } from "./definition-hash";
import { exposedName } from "./exposed-name";
import { searchText } from "./search-text";
import { offers, tools } from "./tables";

const chunkLength = 500_000;

type Owner = { id: string; slug: string };

/**
 * The statements that make a listing the connection's snapshot. A tool keeps its id and settings; one whose definition
 * changed keeps the accepted one and is quarantined with the new one beside it; one no longer listed goes.
 */
export async function snapshotStatements(
  ctx: Context,
  connection: Owner,
  listing: Listing,
): Promise<BatchItem<"sqlite">[]> {
  const toolRows = await Promise.all(
    listing.tools.map(async (definition, position) => ({
      id: newId("tool", ctx.now),
      name: definition["name"],
      exposedName: await exposedName(connection.slug, String(definition["name"])),
      searchText: searchText(definition),
      definition: JSON.stringify(definition),
      hash: await definitionHash(definition),
      position,
    })),
  );
  const offerRows = [
    ...listing.resources.map((definition, position) =>
      offerRow("resource", "uri", definition, position),
    ),
    ...listing.resourceTemplates.map((definition, position) =>
      offerRow("template", "uriTemplate", definition, position),
    ),
    ...listing.prompts.map((definition, position) =>
      offerRow("prompt", "name", definition, position),
    ),
  ];
  requireDistinct(toolRows);
  return [
    ...chunks(toolRows).map((json) => upsertTools(ctx, connection, json)),
    ctx.db
      .delete(tools)
      .where(
        and(
          eq(tools.teamId, ctx.teamId),
          eq(tools.connectionId, connection.id),
          ne(tools.syncedAt, ctx.now),
        ),
      ),
    ctx.db
      .delete(offers)
      .where(and(eq(offers.teamId, ctx.teamId), eq(offers.connectionId, connection.id))),
    ...chunks(offerRows).map((json) => insertOffers(ctx, connection, json)),
  ];
}

/** The statements that remove everything a connection offered. */
export function forgetStatements(ctx: Context, connectionId: string): BatchItem<"sqlite">[] {
  return [
    ctx.db
      .delete(tools)
      .where(and(eq(tools.teamId, ctx.teamId), eq(tools.connectionId, connectionId))),
    ctx.db
      .delete(offers)
      .where(and(eq(offers.teamId, ctx.teamId), eq(offers.connectionId, connectionId))),
  ];
}

function offerRow(
  kind: "resource" | "template" | "prompt",
  key: string,
  definition: Record<string, unknown>,
  position: number,
) {
  return { kind, key: definition[key], definition: JSON.stringify(definition), position };
}

/** Names are shortened by a hash that a server could make collide on purpose; it gains nothing but this answer. */
function requireDistinct(rows: readonly { exposedName: string }[]): void {
  if (new Set(rows.map((row) => row.exposedName)).size < rows.length)
    throw new HubError(
      "upstream_invalid",
      "The server lists two tools whose names cannot be told apart. Rename one of them.",
    );
}

// A D1 statement takes 100 parameters: rows go in as one JSON array, whose length is bounded too.
function chunks(rows: readonly object[]): string[] {
  const found: string[] = [];
  let open: string[] = [];
  let length = 0;
  for (const row of rows) {
    const text = JSON.stringify(row);
    if (length + text.length > chunkLength && open.length > 0) {
      found.push(`[${open.join(",")}]`);
      open = [];
      length = 0;
    }
    open.push(text);
    length += text.length;
  }
  if (open.length > 0) found.push(`[${open.join(",")}]`);
  return found;
}

/** The connection may have been deleted while its server was asked: nothing may stay behind it then. */
const stillThere = (ctx: Context, { id }: Owner) =>
  sql`EXISTS (SELECT 1 FROM ${connections} WHERE ${connections.id} = ${id} AND ${connections.teamId} = ${ctx.teamId})`;

// `insert().select()` writes every column of the table, in the order of tables.ts.
function upsertTools(ctx: Context, connection: Owner, json: string): BatchItem<"sqlite"> {
  const unchanged = sql`${tools.hash} = excluded.hash`;
  return ctx.db
    .insert(tools)
    .select(
      sql`SELECT value ->> 'id', ${ctx.teamId}, ${connection.id}, value ->> 'name', value ->> 'exposedName',
        value ->> 'searchText', value ->> 'definition', value ->> 'hash', NULL, NULL, NULL,
        NULL, NULL, NULL, 1, value ->> 'position',
        ${ctx.now} FROM json_each(${json}) WHERE ${stillThere(ctx, connection)}`,
    )
    .onConflictDoUpdate({
      target: [tools.connectionId, tools.name],
      set: {
        position: sql`excluded.position`,
        syncedAt: sql`excluded.synced_at`,
        definition: sql`CASE WHEN ${unchanged} THEN excluded.definition ELSE ${tools.definition} END`,
        pendingDefinition: sql`CASE WHEN ${unchanged} THEN NULL ELSE excluded.definition END`,
        pendingHash: sql`CASE WHEN ${unchanged} THEN NULL ELSE excluded.hash END`,
      },
    });
}

function insertOffers(ctx: Context, connection: Owner, json: string): BatchItem<"sqlite"> {
  return ctx.db.insert(offers).select(
    sql`SELECT ${ctx.teamId}, ${connection.id}, value ->> 'kind', value ->> 'key', value ->> 'definition',
      value ->> 'position', ${ctx.now} FROM json_each(${json}) WHERE ${stillThere(ctx, connection)}`,
  );
}
