import { drizzle, type DrizzleD1Database } from "drizzle-orm/d1";

let known: { env: Env; db: DrizzleD1Database } | undefined;

/** The registry's database, wrapped once an isolate. */
export function registryOf(env: Env): DrizzleD1Database {
  if (known?.env.DB !== env.DB) known = { env, db: drizzle(env.DB) };
  return known.db;
}
