import type { DrizzleD1Database } from "drizzle-orm/d1";
import type { Permission } from "../../shared/roles";
import { HubError } from "./errors";
import type { Lru } from "./lru";
import type { Span } from "./telemetry";

/**
 * Who acts. An `mcpClient` is an AI client a person let in (its id is the grant's), or a machine client, which acts for
 * the team and for no person.
 */
export type Actor =
  | { kind: "user"; id: string; personId: string; sessionId: string }
  | { kind: "apiKey"; id: string; personId: string }
  | { kind: "mcpClient"; id: string; personId: string | null }
  | { kind: "system"; id: string; personId: null };

/** Everything a verb needs to know about who asks, for which team, and when. */
export type Context = {
  env: Env;
  db: DrizzleD1Database;
  teamId: string;
  actor: Actor;
  /** The role's name, for people to read. What it may do is `permissions`. */
  role: string;
  /** What the caller may do: what the role grants, narrowed by the scopes of the key or token. */
  permissions: ReadonlySet<Permission>;
  /** Ids of the connections that do not exist for this caller. */
  hidden: ReadonlySet<string>;
  /** When a second factor stood behind the caller's credential; null where none did. */
  secondFactorAt: number | null;
  /** When the caller's session, key or token ends by itself; null for what lasts until it is revoked. */
  expiresAt: number | null;
  /** Where the request came from: an IP address. */
  address: string;
  userAgent: string | null;
  requestId: string;
  /** When the hub received the request, in milliseconds since the epoch. */
  now: number;
  /** The team's epoch all that was cached for this request belongs to. */
  epoch: number;
  /** What an isolate remembers of the team's registry as of `epoch`: the same for every caller of the team. */
  cache: Lru<unknown>;
  waitUntil: (work: Promise<unknown>) => void;
  /** What is going on here, for whoever follows its trace; undefined where nothing is traced. */
  span?: Span | undefined;
  /** The same context at a newer epoch: the caller's key and role are read again. Throws `unauthorized`. */
  renew: (epoch: number) => Promise<Context>;
};

export function may(ctx: Pick<Context, "permissions">, permission: Permission): boolean {
  return ctx.permissions.has(permission);
}

export function requirePermission(ctx: Context, permission: Permission): void {
  if (may(ctx, permission)) return;
  throw new HubError(
    "forbidden",
    `You may not do this: it needs the permission ${permission}, which your role (${ctx.role}) or your key's scopes do not give. Ask an owner or admin of the team.`,
    { details: { permission } },
  );
}

const secondFactorMs = 12 * 60 * 60_000;

type Factored = Pick<Context, "actor" | "secondFactorAt" | "now">;

/**
 * When a second factor was shown that still counts: in a session for twelve hours; behind a key or a client's grant, as
 * it stood there when that was made, for good.
 */
export function countingFactor({ actor, secondFactorAt, now }: Factored): number | null {
  if (secondFactorAt === null || actor.kind !== "user") return secondFactorAt;
  return now - secondFactorAt < secondFactorMs ? secondFactorAt : null;
}

/** A second factor that counts must stand behind the caller. Throws `second_factor_required`. */
export function requireSecondFactor(ctx: Factored, what: string): void {
  if (countingFactor(ctx) !== null) return;
  const { actor } = ctx;
  throw new HubError(
    "second_factor_required",
    actor.kind === "user"
      ? `${what} asks for your second factor. Enter a code of your authenticator app, then try again.`
      : `${what} asks for a second factor, and none stood behind this ${actor.kind === "apiKey" ? "API key" : "client"} when it was made. Make a new one after signing in with a second factor.`,
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
