import type { Author } from "../audit";
import { newId } from "../../shared/ids";
import { permissions } from "../../shared/roles";
import { logFailure } from "../platform/background";
import type { Actor, Context } from "../platform/context";
import { Lru } from "../platform/lru";
import { registryOf } from "../platform/registry";

/** The hub itself, where it acts on a connection for nobody. */
const actor: Actor = { kind: "system", id: "connections", personId: null };

/** The hub as the author of a change, in the course of somebody's request or of none. */
export function asSystem<Known extends Pick<Author, "env" | "db" | "teamId" | "now" | "requestId">>(
  known: Known,
): Known & Author {
  return { ...known, actor, address: null, userAgent: null };
}

/** A context for what the hub does by itself in a team: it remembers nothing and stands for nobody. */
export function systemContext(
  env: Env,
  teamId: string,
  { now, waitUntil }: Pick<Context, "now" | "waitUntil">,
): Context {
  const ctx: Context = {
    env,
    db: registryOf(env),
    teamId,
    actor,
    role: "system",
    permissions: new Set(permissions),
    hidden: new Set(),
    secondFactorAt: null,
    expiresAt: null,
    address: "",
    userAgent: null,
    requestId: newId("req", now),
    now,
    epoch: 0,
    cache: new Lru(100),
    waitUntil,
    renew: async () => ctx,
  };
  return ctx;
}

/** The same for a cron, whose end nobody outlives: over when what was left to the background is over too. */
export async function withSystemContext<Value>(
  { env, teamId, now }: { env: Env; teamId: string; now: number },
  work: (ctx: Context) => Promise<Value>,
): Promise<Value> {
  const background: Promise<unknown>[] = [];
  const waitUntil = (later: Promise<unknown>) =>
    void background.push(logFailure(later, { teamId }));
  try {
    return await work(systemContext(env, teamId, { now, waitUntil }));
  } finally {
    while (background.length > 0) await Promise.all(background.splice(0));
  }
}
