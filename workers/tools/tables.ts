import {
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
  uniqueIndex,
} from "drizzle-orm/sqlite-core";

type Definition = Record<string, unknown>;

/** One row a tool, as its server described it when somebody last accepted the description. */
export const tools = sqliteTable(
  "tools",
  {
    id: text().primaryKey(),
    teamId: text("team_id").notNull(),
    connectionId: text("connection_id").notNull(),
    name: text().notNull(),
    /** The name at `/mcp`. */
    exposedName: text("exposed_name").notNull(),
    /** Lower-case name, title and description, for the search. */
    searchText: text("search_text").notNull(),
    definition: text({ mode: "json" }).$type<Definition>().notNull(),
    hash: text().notNull(),
    /** What the server says now, when that is not what was accepted. */
    pendingDefinition: text("pending_definition", { mode: "json" }).$type<Definition>(),
    pendingHash: text("pending_hash"),
    timeoutMs: integer("timeout_ms"),
    /** Whether a call may be sent twice, as the team says; null goes by the server's hints. */
    runsAgain: integer("runs_again", { mode: "boolean" }),
    cacheSeconds: integer("cache_seconds"),
    staleSeconds: integer("stale_seconds"),
    /** Units of the day's budget a call costs. */
    cost: integer().notNull().default(1),
    /** Place in the server's own list. */
    position: integer().notNull(),
    syncedAt: integer("synced_at").notNull(),
  },
  (table) => [
    uniqueIndex("tools_by_connection").on(table.connectionId, table.name),
    uniqueIndex("tools_by_exposed_name").on(table.teamId, table.exposedName),
    index("tools_by_team").on(table.teamId, table.id),
  ],
);

/** Resources, resource templates and prompts as the server described them at the last sync. */
export const offers = sqliteTable(
  "offers",
  {
    teamId: text("team_id").notNull(),
    connectionId: text("connection_id").notNull(),
    kind: text({ enum: ["resource", "template", "prompt"] }).notNull(),
    /** The URI, URI template or name. */
    key: text().notNull(),
    definition: text({ mode: "json" }).$type<Definition>().notNull(),
    position: integer().notNull(),
    syncedAt: integer("synced_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.connectionId, table.kind, table.key] }),
    index("offers_by_team").on(table.teamId, table.kind, table.key),
  ],
);
