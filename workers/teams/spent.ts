// What may be used once: authorization codes, answers to the consent page, refresh tokens that were exchanged, links and
// one-time codes. KV cannot tell which of two came first; a primary key can.
import { eq, lt, sql } from "drizzle-orm";
import { sha256Hex } from "../platform/encoding";
import { registryOf } from "../platform/registry";
import { spentCodes } from "./tables";

/** True for the first who comes with this secret; with `forMs`, for the first within that time. */
export async function claim(env: Env, secret: string, forMs = Infinity): Promise<boolean> {
  const at = Date.now();
  const rows = await registryOf(env)
    .insert(spentCodes)
    .values({ hash: await sha256Hex(secret), at })
    .onConflictDoUpdate({
      target: spentCodes.hash,
      set: { at: sql`excluded.at` },
      setWhere: lt(spentCodes.at, Math.max(0, at - forMs)),
    })
    .returning({ hash: spentCodes.hash });
  return rows.length === 1;
}

export async function release(env: Env, secret: string): Promise<void> {
  await registryOf(env)
    .delete(spentCodes)
    .where(eq(spentCodes.hash, await sha256Hex(secret)));
}

export async function wasSpent(env: Env, secret: string): Promise<boolean> {
  const hash = await sha256Hex(secret);
  const row = await registryOf(env)
    .select()
    .from(spentCodes)
    .where(eq(spentCodes.hash, hash))
    .get();
  return row !== undefined;
}
