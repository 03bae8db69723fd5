import { index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import type { ConnectFlow, FlowFault } from "../../shared/contracts/connect-flows";
import type { Connection, ConnectionFault } from "../../shared/contracts/connections";
import type { Actor } from "../platform/context";
import type { AuthState } from "../credentials";
import type { FlowDraft } from "./flows/draft";

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
    connector: text().notNull(),
    status: text({
      enum: ["pending", "connected", "expiring", "needs_reauth", "error", "revoked", "disabled"],
    }).notNull(),
    /** The person whose own it is; null for the team's. */
    ownerId: text("owner_id"),
    /** Which of the connector's ways to sign in. */
    authMethod: text("auth_method").notNull().default("headers"),
    params: text({ mode: "json" }).$type<Record<string, string>>().notNull().default({}),
    /** What was granted, and what was asked for besides. */
    scopes: text({ mode: "json" }).$type<string[]>().notNull().default([]),
    missingScopes: text("missing_scopes", { mode: "json" }).$type<string[]>().notNull().default([]),
    /** What was found out while signing in and is needed to renew: endpoints, issuer, client. No secret. */
    authState: text("auth_state", { mode: "json" }).$type<AuthState>(),
    account: text(),
    refreshes: integer({ mode: "boolean" }).notNull().default(false),
    /** When the token or key in use ends. */
    expiresAt: integer("expires_at"),
    errorCount: integer("error_count").notNull().default(0),
    consentedAt: integer("consented_at"),
    createdBy: text("created_by"),
    createdAddress: text("created_address"),
    createdUserAgent: text("created_user_agent"),
    rotateEveryDays: integer("rotate_every_days"),
    rotatedAt: integer("rotated_at"),
    /** The MCP endpoint, or the base of the vendor's API. */
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
    index("connections_by_expiry").on(table.expiresAt),
    index("connections_by_owner").on(table.teamId, table.ownerId),
  ],
);
export type ConnectionRow = typeof connections.$inferSelect;

/** Sign-ins at a vendor that are under way: ten minutes each, used once. Nothing of a connection exists before its end. */
export const connectFlows = sqliteTable(
  "connect_flows",
  {
    id: text().primaryKey(),
    teamId: text("team_id").notNull(),
    /** Who began it, as the audit log names them. */
    actor: text({ mode: "json" }).$type<Actor>().notNull(),
    /** The SHA-256 of the state, and of the cookie of the browser that may bring it back. */
    stateHash: text("state_hash").notNull(),
    browserHash: text("browser_hash").notNull(),
    status: text({ enum: ["waiting", "choosing", "working", "done", "failed"] }).notNull(),
    draft: text({ mode: "json" }).$type<FlowDraft>().notNull(),
    /** What was typed, the verifier, the device code, and later the tokens: sealed with the team's data key. */
    sealed: text().notNull(),
    authorizeUrl: text("authorize_url"),
    device: text({ mode: "json" }).$type<
      NonNullable<ConnectFlow["device"]> & { nextPollAt: number }
    >(),
    choices: text({ mode: "json" }).$type<NonNullable<ConnectFlow["choices"]>>(),
    connectionId: text("connection_id"),
    fault: text({ mode: "json" }).$type<FlowFault>(),
    createdAt: integer("created_at").notNull(),
    expiresAt: integer("expires_at").notNull(),
  },
  (table) => [
    uniqueIndex("connect_flows_by_state").on(table.stateHash),
    index("connect_flows_by_team").on(table.teamId),
    index("connect_flows_by_expiry").on(table.expiresAt),
  ],
);
export type ConnectFlowRow = typeof connectFlows.$inferSelect;
