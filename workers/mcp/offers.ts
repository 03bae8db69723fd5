import { and, asc, eq, gt, inArray, isNull } from "drizzle-orm";
import { isObject, type JsonObject } from "../connectors";
import type { ConnectionRow } from "../connections";
import { remember, type Context } from "../platform/context";
import { exposedName } from "../tools";
import { offers, tools } from "../tools/tables";
import { connectionsOf, type View } from "./view";

/** Where a prompt, resource or template of a view comes from. */
export type Offer = { connectionId: string; key: string; definition: JsonObject };

const chunk = 500;

/** The tools of a view as its clients see them, in the order of their servers. Quarantined ones are left out. */
export async function toolsOf(ctx: Context, view: View): Promise<JsonObject[]> {
  const found: JsonObject[] = [];
  for (const connection of await connectionsOf(ctx, view)) {
    for (let after = -1; ; ) {
      const rows = await ctx.db
        .select({ definition: tools.definition, exposedName: tools.exposedName, position: tools.position })
        .from(tools)
        .where(
          and(
            eq(tools.teamId, ctx.teamId),
            eq(tools.connectionId, connection.id),
            isNull(tools.pendingHash),
            gt(tools.position, after),
          ),
        )
        .orderBy(asc(tools.position))
        .limit(chunk);
      for (const row of rows)
        found.push(view.connection === null ? { ...row.definition, name: row.exposedName } : row.definition);
      const last = rows.at(-1);
      if (rows.length < chunk || !last) break;
      after = last.position;
    }
  }
  return found;
}

/** The prompts, resources or templates of a view, each with the name or URI clients use for it. */
export function offersOf(
  ctx: Context,
  view: View,
  kind: "prompt" | "resource" | "template",
): Promise<Map<string, Offer>> {
  return remember(ctx, `mcp/${kind}/${view.connection ?? ""}`, () => readOffers(ctx, view, kind));
}

async function readOffers(
  ctx: Context,
  view: View,
  kind: "prompt" | "resource" | "template",
): Promise<Map<string, Offer>> {
  const shown = new Map<string, Offer>();
  const known = await connectionsOf(ctx, view);
  const rows = await rowsOf(ctx, known, kind);
  for (const connection of known) {
    for (const row of rows.get(connection.id) ?? []) {
      const exposed = await exposedKey({ view, kind, connection, taken: shown }, row.key);
      const named = { ...row.definition, [keyField[kind]]: exposed };
      shown.set(exposed, { connectionId: connection.id, key: row.key, definition: named });
    }
  }
  return shown;
}

const keyField = { prompt: "name", resource: "uri", template: "uriTemplate" } as const;

type Naming = {
  view: View;
  kind: "prompt" | "resource" | "template";
  connection: ConnectionRow;
  taken: ReadonlyMap<string, Offer>;
};

/**
 * Prompts are named like tools. A URI stays as it is, since results and templates speak of it too; only one that an
 * older connection offers already is told apart, as `<connection>+<uri>`.
 */
async function exposedKey({ view, kind, connection, taken }: Naming, key: string): Promise<string> {
  if (view.connection !== null) return key;
  if (kind === "prompt") return exposedName(connection.slug, key);
  return taken.has(key) ? `${connection.slug}+${key}` : key;
}

async function rowsOf(ctx: Context, known: readonly ConnectionRow[], kind: "prompt" | "resource" | "template") {
  const byConnection = new Map<string, { key: string; definition: JsonObject }[]>();
  // At most 90 ids a statement: D1 takes 100 parameters.
  for (let from = 0; from < known.length; from += 90) {
    const ids = known.slice(from, from + 90).map(({ id }) => id);
    const rows = await ctx.db
      .select()
      .from(offers)
      .where(and(eq(offers.teamId, ctx.teamId), eq(offers.kind, kind), inArray(offers.connectionId, ids)))
      .orderBy(asc(offers.position));
    for (const row of rows) {
      const list = byConnection.get(row.connectionId) ?? [];
      if (isObject(row.definition)) list.push({ key: row.key, definition: row.definition });
      byConnection.set(row.connectionId, list);
    }
  }
  return byConnection;
}
