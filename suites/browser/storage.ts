// What a stopped hub has on disk, opened directly: for a past that no test can wait for.
import { globSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { HubProcess } from "../hub-process.ts";

/** Runs `change` in the one database of a stopped hub that has this table. */
export function changeStorage<Result>(
  { data }: Pick<HubProcess, "data">,
  table: string,
  change: (database: DatabaseSync) => Result,
): Result {
  for (const file of globSync(join(data, "state", "**", "*.sqlite"))) {
    const database = new DatabaseSync(file);
    try {
      const found = database.prepare("SELECT 1 FROM sqlite_master WHERE name = ?").get(table);
      if (found) return change(database);
    } finally {
      database.close();
    }
  }
  throw new Error(`Nothing under ${data} has a table ${table}.`);
}
