import type { DrizzleD1Database } from "drizzle-orm/d1";
import { may, type Permission, type Role } from "../../shared/roles";
import { HubError } from "./errors";
import type { Lru } from "./lru";

export type Actor =
  | { kind: "user"; id: string; personId: string; sessionId: string }
  | { kind: "apiKey"; id: string; personId: string }
  | { kind: "system"; id: string; personId: null };

/** Everything a verb needs to know about who asks, for which team, and when. */
export type Context = {
  env: Env;
  db: DrizzleD1Database;
  teamId: string;
  actor: Actor;
  role: Role;
  requestId: string;
  /** When the hub received the request, in milliseconds since the epoch. */
  now: number;
  /** The team's epoch all that was cached for this request belongs to. */
  epoch: number;
  /** What an isolate remembers of the team's registry as of `epoch`. */
  cache: Lru<unknown>;
  waitUntil: (work: Promise<unknown>) => void;
  /** The same context at a newer epoch: the caller's key and role are read again. Throws `unauthorized`. */
  renew: (epoch: number) => Promise<Context>;
};

export function requirePermission(ctx: Context, permission: Permission): void {
  if (may(ctx.role, permission)) return;
  throw new HubError(
    "forbidden",
    `Your role (${ctx.role}) may not do this. Ask an owner or admin of the team for the permission ${permission}.`,
    { details: { permission } },
  );
}

/** Reads through the isolate's memory of the team. What it returns belongs to `ctx.epoch` and must not be changed. */
export async function remember<Value extends object>(
  ctx: Context,
  key: string,
  load: () => Promise<Value>,
): Promise<Value> {
  const known = ctx.cache.get(key) as Value | undefined;
  if (known !== undefined) return known;
  const value = await load();
  ctx.cache.set(key, value);
  return value;
}
