import { and, eq, ne, sql } from "drizzle-orm";
import type { BatchItem } from "drizzle-orm/batch";
import { newId } from "../../shared/ids";
import type { Listing } from "../connectors";
import type { Context } from "../platform/context";
import { definitionHash } from "./definition-hash";
import { exposedName } from "./exposed-name";
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
    ...listing.resources.map((definition, position) => offerRow("resource", "uri", definition, position)),
    ...listing.resourceTemplates.map((definition, position) =>
      offerRow("template", "uriTemplate", definition, position),
    ),
    ...listing.prompts.map((definition, position) => offerRow("prompt", "name", definition, position)),
  ];
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
    ctx.db.delete(tools).where(and(eq(tools.teamId, ctx.teamId), eq(tools.connectionId, connectionId))),
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

function searchText(definition: Record<string, unknown>): string {
  const text = ["name", "title", "description"].map((key) =>
    typeof definition[key] === "string" ? definition[key] : "",
  );
  return text.join(" ").toLowerCase().slice(0, 4000);
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

// `insert().select()` writes every column of the table, in the order of tables.ts.
function upsertTools(ctx: Context, connection: Owner, json: string): BatchItem<"sqlite"> {
  const unchanged = sql`${tools.hash} = excluded.hash`;
  return ctx.db
    .insert(tools)
    .select(
      sql`SELECT value ->> 'id', ${ctx.teamId}, ${connection.id}, value ->> 'name', value ->> 'exposedName',
        value ->> 'searchText', value ->> 'definition', value ->> 'hash', NULL, NULL, NULL, value ->> 'position',
        ${ctx.now} FROM json_each(${json}) WHERE true`,
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
      value ->> 'position', ${ctx.now} FROM json_each(${json})`,
  );
}
