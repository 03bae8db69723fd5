import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const auditEntries = sqliteTable(
  "audit_entries",
  {
    id: text().primaryKey(),
    teamId: text("team_id").notNull(),
    at: integer().notNull(),
    actorKind: text("actor_kind").notNull(),
    actorId: text("actor_id").notNull(),
    personId: text("person_id"),
    action: text().notNull(),
    subjectId: text("subject_id").notNull(),
    requestId: text("request_id").notNull(),
    details: text({ mode: "json" }).$type<Record<string, unknown>>().notNull(),
  },
  (table) => [index("audit_entries_by_team").on(table.teamId, table.id)],
);
