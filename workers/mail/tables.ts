import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Mail that a hub on somebody's own machine did not send: it is read in the outbox. */
export const outboxMails = sqliteTable("outbox_mails", {
  id: text().primaryKey(),
  to: text().notNull(),
  subject: text().notNull(),
  text: text().notNull(),
  at: integer().notNull(),
});
