import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { roles } from "../../shared/roles";

export const teams = sqliteTable("teams", {
  id: text().primaryKey(),
  name: text().notNull(),
  createdAt: integer("created_at").notNull(),
});

export const people = sqliteTable("people", {
  id: text().primaryKey(),
  name: text().notNull(),
  createdAt: integer("created_at").notNull(),
});

export const members = sqliteTable(
  "members",
  {
    teamId: text("team_id").notNull(),
    personId: text("person_id").notNull(),
    role: text({ enum: roles }).notNull(),
    createdAt: integer("created_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.teamId, table.personId] })],
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
    createdAt: integer("created_at").notNull(),
    revokedAt: integer("revoked_at"),
  },
  (table) => [index("api_keys_by_team").on(table.teamId, table.id)],
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

/** Somebody signed in with a browser; `hash` is the SHA-256 of the secret in its cookie. */
export const sessions = sqliteTable(
  "sessions",
  {
    id: text().primaryKey(),
    teamId: text("team_id").notNull(),
    personId: text("person_id").notNull(),
    hash: text().notNull().unique(),
    userAgent: text("user_agent"),
    createdAt: integer("created_at").notNull(),
    expiresAt: integer("expires_at").notNull(),
    revokedAt: integer("revoked_at"),
  },
  (table) => [index("sessions_by_person").on(table.teamId, table.personId)],
);
