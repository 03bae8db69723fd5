import { index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";

/** One row for each sealed record: where it lies and what for. The record itself lies in KV. */
export const credentials = sqliteTable(
  "credentials",
  {
    id: text().primaryKey(),
    teamId: text("team_id").notNull(),
    /** The version in use: the key in KV carries it. */
    version: integer().notNull(),
    /** The data key it is sealed with. */
    keyId: text("key_id").notNull(),
    kind: text({ enum: ["connection", "secret", "oauth_app", "oauth_client", "sso"] }).notNull(),
    /** What it belongs to: a connection, a secret, a connector, an issuer, a provider. */
    subjectId: text("subject_id").notNull(),
    createdAt: integer("created_at").notNull(),
    updatedAt: integer("updated_at").notNull(),
  },
  (table) => [
    index("credentials_by_key").on(table.teamId, table.keyId),
    index("credentials_by_subject").on(table.teamId, table.subjectId),
  ],
);
export type CredentialRow = typeof credentials.$inferSelect;
export type CredentialKind = CredentialRow["kind"];

/** Values a team gives names to. What a value is lies sealed. */
export const teamSecrets = sqliteTable(
  "team_secrets",
  {
    id: text().primaryKey(),
    teamId: text("team_id").notNull(),
    name: text().notNull(),
    description: text(),
    lastFour: text("last_four"),
    credentialId: text("credential_id").notNull(),
    credentialVersion: integer("credential_version").notNull(),
    createdBy: text("created_by"),
    createdAt: integer("created_at").notNull(),
    updatedAt: integer("updated_at").notNull(),
  },
  (table) => [uniqueIndex("team_secrets_by_name").on(table.teamId, table.name)],
);

/** Which connection's fields name which secret: what a secret is used by. */
export const secretUses = sqliteTable(
  "secret_uses",
  {
    teamId: text("team_id").notNull(),
    secretName: text("secret_name").notNull(),
    connectionId: text("connection_id").notNull(),
  },
  (table) => [
    uniqueIndex("secret_uses_once").on(table.teamId, table.secretName, table.connectionId),
    index("secret_uses_by_connection").on(table.teamId, table.connectionId),
  ],
);

/** A team's own OAuth apps at vendors; the client's secret lies sealed. */
export const oauthApps = sqliteTable(
  "oauth_apps",
  {
    id: text().primaryKey(),
    teamId: text("team_id").notNull(),
    connector: text().notNull(),
    clientId: text("client_id").notNull(),
    credentialId: text("credential_id"),
    credentialVersion: integer("credential_version").notNull(),
    createdAt: integer("created_at").notNull(),
    updatedAt: integer("updated_at").notNull(),
  },
  (table) => [uniqueIndex("oauth_apps_by_connector").on(table.teamId, table.connector)],
);

/** Clients the hub has at authorization servers of MCP servers: one each for a team and an issuer (SEP-2352). */
export const oauthClients = sqliteTable(
  "oauth_clients",
  {
    id: text().primaryKey(),
    teamId: text("team_id").notNull(),
    issuer: text().notNull(),
    /** How it came to be: typed in, named by its metadata document, or registered by the hub. */
    origin: text({ enum: ["given", "document", "registered"] }).notNull(),
    clientId: text("client_id").notNull(),
    clientAuth: text("client_auth", { enum: ["basic", "post", "none"] }).notNull(),
    redirectUri: text("redirect_uri").notNull(),
    credentialId: text("credential_id"),
    credentialVersion: integer("credential_version").notNull(),
    /** When its secret ends (RFC 7591 `client_secret_expires_at`), in milliseconds; null for never. */
    secretExpiresAt: integer("secret_expires_at"),
    createdAt: integer("created_at").notNull(),
  },
  (table) => [
    uniqueIndex("oauth_clients_by_issuer").on(
      table.teamId,
      table.issuer,
      table.origin,
      table.redirectUri,
    ),
  ],
);
