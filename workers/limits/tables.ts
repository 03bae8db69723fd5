import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { LimitScope } from "../../shared/contracts/limits";

/** Limits a team set itself. 0: none. Null, or no row: as the plan and the deployment have it. */
export const limits = sqliteTable(
  "limits",
  {
    teamId: text("team_id").notNull(),
    scope: text().$type<LimitScope>().notNull(),
    subjectId: text("subject_id").notNull(),
    perMinute: integer("per_minute"),
    perDay: integer("per_day"),
    budgetPerDay: integer("budget_per_day"),
    updatedAt: integer("updated_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.teamId, table.scope, table.subjectId] })],
);
