import { index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";

/**
 * A team's changes and security events, one chain each: `hash` covers the entry and the `hash` before it. `details`,
 * `before` and `after` are JSON as it was hashed.
 */
export const auditEntries = sqliteTable(
  "audit_entries",
  {
    id: text().primaryKey(),
    teamId: text("team_id").notNull(),
    seq: integer().notNull(),
    at: integer().notNull(),
    actorKind: text("actor_kind").notNull(),
    actorId: text("actor_id").notNull(),
    personId: text("person_id"),
    action: text().notNull(),
    subjectId: text("subject_id").notNull(),
    requestId: text("request_id").notNull(),
    address: text(),
    userAgent: text("user_agent"),
    details: text().notNull(),
    before: text(),
    after: text(),
    hash: text().notNull(),
  },
  (table) => [
    uniqueIndex("audit_entries_by_seq").on(table.teamId, table.seq),
    index("audit_entries_by_action").on(table.teamId, table.action, table.seq),
    index("audit_entries_by_person").on(table.teamId, table.personId, table.seq),
    index("audit_entries_by_subject").on(table.teamId, table.subjectId, table.seq),
    index("audit_entries_by_time").on(table.teamId, table.at),
  ],
);

/** The last entry of a team that was old enough to be deleted: the chain goes on from it. */
export const auditAnchors = sqliteTable("audit_anchors", {
  teamId: text("team_id").primaryKey(),
  seq: integer().notNull(),
  hash: text().notNull(),
});
