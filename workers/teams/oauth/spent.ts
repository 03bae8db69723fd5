// What may be used once: authorization codes, answers to the consent page, and refresh tokens that were exchanged. KV
// cannot tell which of two came first; a primary key can.
import { eq, lt } from "drizzle-orm";
import { sha256Hex } from "../../platform/encoding";
import { registryOf } from "../../platform/registry";
import { spentCodes } from "../tables";

/** Longer than any grant lies idle: a refresh token older than that opens nothing. */
const rememberMs = 31 * 24 * 60 * 60_000;

/** True for the first who comes with this secret. */
export async function claim(env: Env, secret: string, now: number): Promise<boolean> {
  const db = registryOf(env);
  const [, claimed] = await db.batch([
    db.delete(spentCodes).where(lt(spentCodes.at, now - rememberMs)),
    db
      .insert(spentCodes)
      .values({ hash: await sha256Hex(secret), at: now })
      .onConflictDoNothing()
      .returning(),
  ]);
  return claimed.length === 1;
}

export async function release(env: Env, secret: string): Promise<void> {
  await registryOf(env)
    .delete(spentCodes)
    .where(eq(spentCodes.hash, await sha256Hex(secret)));
}

export async function wasSpent(env: Env, secret: string): Promise<boolean> {
  const hash = await sha256Hex(secret);
  return (
    (await registryOf(env).select().from(spentCodes).where(eq(spentCodes.hash, hash)).get()) !==
    undefined
  );
}
