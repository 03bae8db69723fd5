import { lt, sql } from "drizzle-orm";
import { sha256Hex } from "../../platform/encoding";
import { registryOf } from "../../platform/registry";
import { spentCodes } from "../tables";

/**
 * Spends something that is good once, for as long as `forMs`: true for the first that comes. Of several at once the
 * table's key lets one through.
 */
export async function spend(env: Env, secret: string, forMs = Infinity): Promise<boolean> {
  const at = Date.now();
  const before = Number.isFinite(forMs) ? at - forMs : 0;
  const rows = await registryOf(env)
    .insert(spentCodes)
    .values({ hash: await sha256Hex(secret), at })
    .onConflictDoUpdate({
      target: spentCodes.hash,
      set: { at: sql`excluded.at` },
      setWhere: lt(spentCodes.at, before),
    })
    .returning({ hash: spentCodes.hash });
  return rows.length === 1;
}
