import {
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
  uniqueIndex,
} from "drizzle-orm/sqlite-core";
import type { Permission } from "../../shared/roles";

export * from "./identity/tables";

export const teams = sqliteTable("teams", {
  id: text().primaryKey(),
  name: text().notNull(),
  createdAt: integer("created_at").notNull(),
  /** Whether making and rotating keys, exporting the audit log and the like ask for a second factor. */
  sensitiveNeedsSecondFactor: integer("sensitive_needs_second_factor", { mode: "boolean" })
    .notNull()
    .default(false),
  /** The name of its plan; null for the deployment's. */
  plan: text(),
  /** What of arguments and results the ledger keeps. */
  recordBodies: text("record_bodies", { enum: ["masked", "whole", "none"] })
    .notNull()
    .default("masked"),
});

/** `role` is one of the roles every team has, or the id of one of the team's own. */
export const members = sqliteTable(
  "members",
  {
    teamId: text("team_id").notNull(),
    personId: text("person_id").notNull(),
    role: text().notNull(),
    createdAt: integer("created_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.teamId, table.personId] }),
    index("members_by_person").on(table.personId),
    index("members_by_role").on(table.teamId, table.role),
  ],
);

/** Who was removed by somebody else: their team's identity provider lets them in again only once they are invited. */
export const removedMembers = sqliteTable(
  "removed_members",
  {
    teamId: text("team_id").notNull(),
    personId: text("person_id").notNull(),
    at: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.teamId, table.personId] })],
);

/** Roles a team made itself. */
export const customRoles = sqliteTable(
  "custom_roles",
  {
    id: text().primaryKey(),
    teamId: text("team_id").notNull(),
    name: text().notNull(),
    description: text().notNull(),
    permissions: text({ mode: "json" }).$type<Permission[]>().notNull(),
    createdAt: integer("created_at").notNull(),
  },
  (table) => [uniqueIndex("custom_roles_by_name").on(table.teamId, table.name)],
);

/** `hash` is the SHA-256 of the secret in the mail. One that was accepted or withdrawn stays, to say so. */
export const invitations = sqliteTable(
  "invitations",
  {
    id: text().primaryKey(),
    teamId: text("team_id").notNull(),
    email: text().notNull(),
    role: text().notNull(),
    hash: text().notNull().unique(),
    invitedBy: text("invited_by").notNull(),
    createdAt: integer("created_at").notNull(),
    expiresAt: integer("expires_at").notNull(),
    acceptedAt: integer("accepted_at"),
    revokedAt: integer("revoked_at"),
  },
  (table) => [index("invitations_by_team").on(table.teamId, table.id)],
);

/**
 * Who may use a connection. One without a row is open to the whole team; one with rows, to those they name and to whoever
 * may configure connections. A row of kind `nobody` is always among them, so that one that lost its last name stays
 * closed.
 */
export const connectionAccess = sqliteTable(
  "connection_access",
  {
    teamId: text("team_id").notNull(),
    connectionId: text("connection_id").notNull(),
    kind: text({ enum: ["role", "person", "nobody"] }).notNull(),
    subjectId: text("subject_id").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.teamId, table.connectionId, table.kind, table.subjectId] }),
  ],
);

/** `hash` is the SHA-256 of the whole key; the key itself is nowhere. `prefix` is for people to tell keys apart. */
export const apiKeys = sqliteTable(
  "api_keys",
  {
    id: text().primaryKey(),
    teamId: text("team_id").notNull(),
    personId: text("person_id").notNull(),
    name: text().notNull(),
    prefix: text().notNull(),
    hash: text().notNull().unique(),
    /** What of its person's permissions the key has; null for all of them. */
    scopes: text({ mode: "json" }).$type<Permission[]>(),
    /** CIDR blocks the key may be used from; null for anywhere. */
    allowedAddresses: text("allowed_addresses", { mode: "json" }).$type<string[]>(),
    /** When whoever made it had passed a second factor; null where nobody did. */
    secondFactorAt: integer("second_factor_at"),
    /** The key that took its place; this one goes on until `expiresAt`. */
    replacedBy: text("replaced_by"),
    createdAt: integer("created_at").notNull(),
    expiresAt: integer("expires_at"),
    revokedAt: integer("revoked_at"),
  },
  (table) => [
    index("api_keys_by_team").on(table.teamId, table.id),
    index("api_keys_by_person").on(table.personId),
  ],
);

/** Good for one sign-in until `expiresAt`; `hash` is the SHA-256 of the link's secret. */
export const signInLinks = sqliteTable("sign_in_links", {
  id: text().primaryKey(),
  teamId: text("team_id").notNull(),
  personId: text("person_id").notNull(),
  hash: text().notNull().unique(),
  expiresAt: integer("expires_at").notNull(),
  usedAt: integer("used_at"),
});

/**
 * What a person let an AI client do. The library keeps the tokens; this row is what makes them count, so that a client
 * that was cut off is refused at once wherever a token of it still lies.
 */
export const clientGrants = sqliteTable(
  "client_grants",
  {
    id: text().primaryKey(),
    teamId: text("team_id").notNull(),
    personId: text("person_id").notNull(),
    clientId: text("client_id").notNull(),
    clientName: text("client_name").notNull(),
    redirectHost: text("redirect_host").notNull(),
    resource: text().notNull(),
    scopes: text({ mode: "json" }).$type<Permission[]>().notNull(),
    /** Ids of the connections it may use; null for all its person may use. */
    connections: text({ mode: "json" }).$type<string[]>(),
    secondFactorAt: integer("second_factor_at"),
    createdAt: integer("created_at").notNull(),
    revokedAt: integer("revoked_at"),
  },
  (table) => [
    index("client_grants_by_team").on(table.teamId, table.id),
    index("client_grants_by_person").on(table.personId),
  ],
);

/** Clients that act for the team and for no person: OAuth client credentials. `hash` is the SHA-256 of the secret. */
export const machineClients = sqliteTable(
  "machine_clients",
  {
    id: text().primaryKey(),
    teamId: text("team_id").notNull(),
    name: text().notNull(),
    hash: text().notNull(),
    scopes: text({ mode: "json" }).$type<Permission[]>().notNull(),
    connections: text({ mode: "json" }).$type<string[]>(),
    createdBy: text("created_by").notNull(),
    createdAt: integer("created_at").notNull(),
    revokedAt: integer("revoked_at"),
  },
  (table) => [index("machine_clients_by_team").on(table.teamId, table.id)],
);

/** Authorization codes that were handed in, by their SHA-256: KV cannot say which of two came first. */
export const spentCodes = sqliteTable(
  "spent_codes",
  { hash: text().primaryKey(), at: integer().notNull() },
  (table) => [index("spent_codes_by_time").on(table.at)],
);

/** A team's own identity provider. The client secret is sealed under `credentialId`. */
export const ssoProviders = sqliteTable(
  "sso_providers",
  {
    teamId: text("team_id").primaryKey(),
    id: text().notNull().unique(),
    issuer: text().notNull(),
    clientId: text("client_id").notNull(),
    credentialId: text("credential_id").notNull(),
    credentialVersion: integer("credential_version").notNull(),
    domain: text().notNull(),
    /** What the domain's DNS must say for the team to capture it. */
    domainToken: text("domain_token").notNull(),
    domainVerifiedAt: integer("domain_verified_at"),
    defaultRole: text("default_role").notNull(),
    createdAt: integer("created_at").notNull(),
  },
  (table) => [index("sso_providers_by_domain").on(table.domain)],
);
