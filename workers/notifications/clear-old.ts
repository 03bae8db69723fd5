import { sql } from "drizzle-orm";
import { lowestIdAt } from "../../shared/ids";
import { registryOf } from "../platform/registry";

const keptMs = 90 * 24 * 60 * 60_000;
const atOnce = 500;
const mostBatches = 40;

/** Deletes notices of long ago, read or not. Answers with how many went. */
export async function clearOldNotices(env: Env, now: number): Promise<number> {
  let deleted = 0;
  for (let batch = 0; batch < mostBatches; batch++) {
    const { meta } = await registryOf(env).run(
      sql`DELETE FROM notices WHERE id IN (SELECT id FROM notices WHERE id < ${lowestIdAt("ntc", now - keptMs)} LIMIT ${atOnce})`,
    );
    deleted += meta.changes;
    if (meta.changes < atOnce) break;
  }
  return deleted;
}
