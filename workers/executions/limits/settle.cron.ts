import { sql } from "drizzle-orm";
import { lowestIdAt } from "../../../shared/ids";
import { dayOf } from "../../limits";
import { notices } from "../../notifications/tables";
import { registryOf } from "../../platform/registry";

const dayMs = 86_400_000;
const daysBack = 3;

/** A limit of a day that is over is whole again: what was told of it is settled. Answers with how many were. */
export async function settleLimitNotices(env: Env, now: number): Promise<number> {
  const midnight = dayOf(now) * dayMs;
  const { meta } = await registryOf(env).run(
    // Ids go by time: this is a range of the key.
    sql`UPDATE ${notices} SET settled_at = ${now}
        WHERE id >= ${lowestIdAt("ntc", midnight - daysBack * dayMs)} AND id < ${lowestIdAt("ntc", midnight)}
          AND kind IN ('limit.near', 'limit.reached') AND settled_at IS NULL`,
  );
  return meta.changes;
}
