import { integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import type { Connection, ConnectionFault } from "../../shared/contracts/connections";

type Server = NonNullable<Connection["server"]>;
/** Rows that were written before servers had icons have none until their next sync. */
type StoredServer = Omit<Server, "icons" | "websiteUrl"> &
  Partial<Pick<Server, "icons" | "websiteUrl">> & { keepsSessions: boolean };

export const connections = sqliteTable(
  "connections",
  {
    id: text().primaryKey(),
    teamId: text("team_id").notNull(),
    slug: text().notNull(),
    name: text().notNull(),
    connector: text({ enum: ["mcp"] }).notNull(),
    status: text({ enum: ["connected", "error", "disabled"] }).notNull(),
    url: text().notNull(),
    transport: text({ enum: ["auto", "http", "sse"] }).notNull(),
    /** Names only. The values are sealed under `credentialId` and `credentialVersion`. */
    headerNames: text("header_names", { mode: "json" }).$type<string[]>().notNull(),
    credentialId: text("credential_id"),
    credentialVersion: integer("credential_version").notNull(),
    server: text({ mode: "json" }).$type<StoredServer>(),
    capabilities: text({ mode: "json" }).$type<Record<string, unknown>>().notNull(),
    counts: text({ mode: "json" }).$type<Connection["counts"]>().notNull(),
    warnings: text({ mode: "json" }).$type<string[]>().notNull(),
    /** Whether a call through it asks for a second factor behind its caller. */
    needsSecondFactor: integer("needs_second_factor", { mode: "boolean" }).notNull().default(false),
    responseTimeMs: integer("response_time_ms"),
    lastError: text("last_error", { mode: "json" }).$type<ConnectionFault>(),
    lastSyncedAt: integer("last_synced_at"),
    createdAt: integer("created_at").notNull(),
    updatedAt: integer("updated_at").notNull(),
  },
  (table) => [
    uniqueIndex("connections_by_slug").on(table.teamId, table.slug),
    uniqueIndex("connections_by_name").on(table.teamId, table.name),
  ],
);
export type ConnectionRow = typeof connections.$inferSelect;
