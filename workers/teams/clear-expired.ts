import { sql } from "drizzle-orm";
import { registryOf } from "../platform/registry";
import { forgetUnconfirmed } from "./identity/forget-unconfirmed";

const dayMs = 24 * 60 * 60_000;
const atOnce = 500;
const mostBatches = 40;

/** What is over, by table: the column that says since when, and how long it stays to be told of. */
const ends = [
  { table: "sessions", column: "expires_at", key: "id", afterMs: 0 },
  { table: "verifications", column: "expires_at", key: "id", afterMs: 0 },
  // Longer than any grant lies idle: a refresh token older than that opens nothing, one that is not is told from stolen.
  { table: "spent_codes", column: "at", key: "hash", afterMs: 31 * dayMs },
  { table: "sign_in_links", column: "expires_at", key: "id", afterMs: 7 * dayMs },
  { table: "invitations", column: "expires_at", key: "id", afterMs: 90 * dayMs },
  { table: "outbox_mails", column: "at", key: "id", afterMs: 30 * dayMs },
] as const;

/** Deletes what ended by itself and nobody asks for any more. Answers with how many rows went. */
export async function clearExpired(env: Env, now: number): Promise<number> {
  const db = registryOf(env);
  let deleted = 0;
  for (const { table, column, key, afterMs } of ends) {
    for (let batch = 0; batch < mostBatches; batch++) {
      const { meta } = await db.run(
        sql`DELETE FROM ${sql.identifier(table)} WHERE ${sql.identifier(key)} IN (
          SELECT ${sql.identifier(key)} FROM ${sql.identifier(table)}
          WHERE ${sql.identifier(column)} < ${now - afterMs} LIMIT ${atOnce})`,
      );
      deleted += meta.changes;
      if (meta.changes < atOnce) break;
    }
  }
  return deleted + (await forgetUnconfirmed(env, now));
}
