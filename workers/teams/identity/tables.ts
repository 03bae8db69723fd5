// What the identity library keeps, in its own shape (its field names, its dates).
import { index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";

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
 * Somebody signed in with a browser. `token` is the SHA-256 of what the cookie holds beside its signature. A session that
 * ended has no row.
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
