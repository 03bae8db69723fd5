import { and, asc, eq, gt, inArray, isNull, ne, or } from "drizzle-orm";
import { isObject, type JsonObject } from "../connectors";
import type { ConnectionRow } from "../connections";
import { connections } from "../connections/tables";
import type { Context } from "../platform/context";
import { shownTo } from "../platform/hidden";
import { exposedName } from "../tools";
import { offers, tools } from "../tools/tables";
import { rememberFor } from "./remember-for";
import { connectionsOf, type View } from "./view";

export type OfferKind = "prompt" | "resource" | "template";

/** Where a prompt, resource or template of a view comes from. */
export type Offer = {
  connectionId: string;
  /** Its name or URI at its server. */
  key: string;
  /** What stands before its server's own URIs. */
  prefix: string;
  definition: JsonObject;
};

const chunk = 1000;

/**
 * The tools of a view as its clients see them, connection by connection in the order of their servers. Quarantined ones
 * and those of disabled connections are left out.
 */
export async function toolsOf(ctx: Context, view: View): Promise<JsonObject[]> {
  const only = view.connection === null ? undefined : (await connectionsOf(ctx, view))[0]?.id;
  const found: JsonObject[] = [];
  for (let after = { connectionId: "", position: -1 }; ;) {
    const rows = await ctx.db
      .select({
        connectionId: tools.connectionId,
        definition: tools.definition,
        exposedName: tools.exposedName,
        position: tools.position,
      })
      .from(tools)
      .innerJoin(
        connections,
        and(eq(connections.id, tools.connectionId), eq(connections.teamId, tools.teamId)),
      )
      .where(
        and(
          eq(tools.teamId, ctx.teamId),
          shownTo(ctx, tools.connectionId),
          only === undefined ? undefined : eq(tools.connectionId, only),
          ne(connections.status, "disabled"),
          isNull(tools.pendingHash),
          or(
            gt(tools.connectionId, after.connectionId),
            and(eq(tools.connectionId, after.connectionId), gt(tools.position, after.position)),
          ),
        ),
      )
      .orderBy(asc(tools.connectionId), asc(tools.position))
      .limit(chunk);
    for (const row of rows)
      found.push(
        view.connection === null ? { ...row.definition, name: row.exposedName } : row.definition,
      );
    const last = rows.at(-1);
    if (rows.length < chunk || !last) return found;
    after = last;
  }
}

/** The prompts, resources or templates of a view, each with the name or URI clients use for it. */
export function offersOf(ctx: Context, view: View, kind: OfferKind): Promise<Map<string, Offer>> {
  return rememberFor(ctx, `mcp/${kind}/${view.connection ?? ""}`, () =>
    readOffers(ctx, view, kind),
  );
}

async function readOffers(ctx: Context, view: View, kind: OfferKind): Promise<Map<string, Offer>> {
  const shown = new Map<string, Offer>();
  const known = await connectionsOf(ctx, view);
  const rows = await rowsOf(ctx, known, kind);
  for (const connection of known) {
    for (const { key, definition } of rows.get(connection.id) ?? []) {
      const prefix = prefixFor({ view, kind, connection, taken: shown.has(key) });
      const exposed =
        view.connection === null && kind === "prompt"
          ? await exposedName(connection.slug, key)
          : `${prefix}${key}`;
      shown.set(exposed, {
        connectionId: connection.id,
        key,
        prefix,
        definition: { ...definition, [keyField[kind]]: exposed },
      });
    }
  }
  return shown;
}

const keyField = { prompt: "name", resource: "uri", template: "uriTemplate" } as const;

/**
 * A URI stays as it is, since results and templates speak of it too; only one that an older connection offers already is
 * told apart, as `<connection>+<uri>`.
 */
function prefixFor(of: {
  view: View;
  kind: OfferKind;
  connection: ConnectionRow;
  taken: boolean;
}): string {
  return of.view.connection === null && of.kind !== "prompt" && of.taken
    ? `${of.connection.slug}+`
    : "";
}

async function rowsOf(ctx: Context, known: readonly ConnectionRow[], kind: OfferKind) {
  const byConnection = new Map<string, { key: string; definition: JsonObject }[]>();
  // At most 90 ids a statement: D1 takes 100 parameters.
  for (let from = 0; from < known.length; from += 90) {
    const ids = known.slice(from, from + 90).map(({ id }) => id);
    const rows = await ctx.db
      .select()
      .from(offers)
      .where(
        and(
          eq(offers.teamId, ctx.teamId),
          eq(offers.kind, kind),
          inArray(offers.connectionId, ids),
        ),
      )
      .orderBy(asc(offers.position));
    for (const row of rows) {
      const list = byConnection.get(row.connectionId) ?? [];
      if (isObject(row.definition)) list.push({ key: row.key, definition: row.definition });
      byConnection.set(row.connectionId, list);
    }
  }
  return byConnection;
}
