import { index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import type { Notice } from "../../shared/contracts/notices";

/** The inbox: one row for each person who should hear of a matter. */
export const notices = sqliteTable(
  "notices",
  {
    id: text().primaryKey(),
    teamId: text("team_id").notNull(),
    personId: text("person_id").notNull(),
    kind: text().$type<Notice["kind"]>().notNull(),
    subjectId: text("subject_id").notNull(),
    /** The same for the same matter: a person hears of it once. */
    matter: text().notNull(),
    title: text().notNull(),
    text: text().notNull(),
    path: text(),
    createdAt: integer("created_at").notNull(),
    readAt: integer("read_at"),
    settledAt: integer("settled_at"),
    /** When its mail went out; null where none has yet, 0 where none is to. */
    mailedAt: integer("mailed_at"),
  },
  (table) => [
    uniqueIndex("notices_by_matter").on(table.teamId, table.personId, table.matter),
    index("notices_by_subject").on(table.teamId, table.subjectId),
  ],
);
export type NoticeRow = typeof notices.$inferSelect;
