import {
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
  uniqueIndex,
} from "drizzle-orm/sqlite-core";
import type { Permission } from "../../shared/roles";

export const teams = sqliteTable("teams", {
  id: text().primaryKey(),
  name: text().notNull(),
  createdAt: integer("created_at").notNull(),
  /** Whether making and rotating keys, exporting the audit log and the like ask for a second factor. */
  sensitiveNeedsSecondFactor: integer("sensitive_needs_second_factor", { mode: "boolean" })
    .notNull()
    .default(false),
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

// From here on: what the identity library keeps, in its own shape (its field names, its dates).

export const people = sqliteTable("people", {
  id: text().primaryKey(),
  name: text().notNull(),
  /** Unique, in lower case. Whoever has none yet has one that ends in `.invalid`. */
  email: text().notNull().unique(),
  emailVerified: integer("email_verified", { mode: "boolean" }).notNull().default(false),
  image: text(),
  twoFactorEnabled: integer("two_factor_enabled", { mode: "boolean" }).notNull().default(false),
  createdAt: integer("created_at", { mode: "timestamp_ms" }).notNull(),
  updatedAt: integer("updated_at", { mode: "timestamp_ms" }).notNull(),
});

/**
 * Somebody signed in with a browser. The cookie holds the token and its signature: the token in this table alone opens
 * nothing. A session that ended has no row.
 */
export const sessions = sqliteTable(
  "sessions",
  {
    id: text().primaryKey(),
    userId: text("person_id").notNull(),
    token: text().notNull().unique(),
    /** The team it works in; null for whoever belongs to none. */
    teamId: text("team_id"),
    /** The one team it is good for, where that team's identity provider opened it; null for all of its person's. */
    onlyTeamId: text("only_team_id"),
    /** When a second factor was last shown in it, in milliseconds. */
    secondFactorAt: integer("second_factor_at"),
    ipAddress: text("ip_address"),
    userAgent: text("user_agent"),
    createdAt: integer("created_at", { mode: "timestamp_ms" }).notNull(),
    updatedAt: integer("updated_at", { mode: "timestamp_ms" }).notNull(),
    expiresAt: integer("expires_at", { mode: "timestamp_ms" }).notNull(),
  },
  (table) => [index("sessions_by_person").on(table.userId)],
);

/** A way to sign in: a password (scrypt), or an account elsewhere. */
export const accounts = sqliteTable(
  "accounts",
  {
    id: text().primaryKey(),
    userId: text("person_id").notNull(),
    accountId: text("account_id").notNull(),
    providerId: text("provider_id").notNull(),
    accessToken: text("access_token"),
    refreshToken: text("refresh_token"),
    idToken: text("id_token"),
    accessTokenExpiresAt: integer("access_token_expires_at", { mode: "timestamp_ms" }),
    refreshTokenExpiresAt: integer("refresh_token_expires_at", { mode: "timestamp_ms" }),
    scope: text(),
    password: text(),
    createdAt: integer("created_at", { mode: "timestamp_ms" }).notNull(),
    updatedAt: integer("updated_at", { mode: "timestamp_ms" }).notNull(),
  },
  (table) => [
    index("accounts_by_person").on(table.userId),
    uniqueIndex("accounts_by_provider").on(table.providerId, table.accountId),
  ],
);

export const verifications = sqliteTable(
  "verifications",
  {
    id: text().primaryKey(),
    identifier: text().notNull(),
    value: text().notNull(),
    expiresAt: integer("expires_at", { mode: "timestamp_ms" }).notNull(),
    createdAt: integer("created_at", { mode: "timestamp_ms" }).notNull(),
    updatedAt: integer("updated_at", { mode: "timestamp_ms" }).notNull(),
  },
  (table) => [index("verifications_by_identifier").on(table.identifier)],
);

/** Secret and recovery codes are encrypted with PLUGBOARD_AUTH_SECRET. */
export const twoFactors = sqliteTable(
  "two_factors",
  {
    id: text().primaryKey(),
    userId: text("person_id").notNull(),
    secret: text().notNull(),
    backupCodes: text("backup_codes").notNull(),
    verified: integer({ mode: "boolean" }),
    failedVerificationCount: integer("failed_verification_count"),
    lockedUntil: integer("locked_until", { mode: "timestamp_ms" }),
  },
  (table) => [index("two_factors_by_person").on(table.userId)],
);

export const passkeys = sqliteTable(
  "passkeys",
  {
    id: text().primaryKey(),
    userId: text("person_id").notNull(),
    name: text(),
    publicKey: text("public_key").notNull(),
    credentialID: text("credential_id").notNull().unique(),
    counter: integer().notNull(),
    deviceType: text("device_type").notNull(),
    backedUp: integer("backed_up", { mode: "boolean" }).notNull(),
    transports: text(),
    aaguid: text(),
    createdAt: integer("created_at", { mode: "timestamp_ms" }),
  },
  (table) => [index("passkeys_by_person").on(table.userId)],
);

/** The keys access tokens are signed with; private halves are encrypted with PLUGBOARD_AUTH_SECRET. */
export const jwks = sqliteTable("jwks", {
  id: text().primaryKey(),
  publicKey: text("public_key").notNull(),
  privateKey: text("private_key").notNull(),
  alg: text(),
  crv: text(),
  createdAt: integer("created_at", { mode: "timestamp_ms" }).notNull(),
  expiresAt: integer("expires_at", { mode: "timestamp_ms" }),
});
