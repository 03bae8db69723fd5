import { and, eq, isNull } from "drizzle-orm";
import { createHash } from "node:crypto";
import type { Role } from "../../shared/roles";
import type { Context } from "../platform/context";
import { registryOf } from "../platform/registry";
import { HubError } from "../platform/errors";
import { Lru } from "../platform/lru";
import { isApiKey } from "./api-key";
import { apiKeys, members } from "./tables";

type Principal = { teamId: string; keyId: string; personId: string; role: Role };

/** What this isolate knows, by the hash of the key, with the team's epoch it belongs to. */
const principals = new Lru<Principal & { epoch: number }>(5000);

/** What this isolate remembers of each team's registry, all of one epoch. */
const registries = new Lru<{ epoch: number; cache: Lru<unknown> }>(200);

function registryAt(teamId: string, epoch: number): Lru<unknown> {
  const known = registries.get(teamId);
  if (known?.epoch === epoch) return known.cache;
  const cache = new Lru<unknown>(5000);
  // A request that began before the last change must not put its older memory in the place of the newer one.
  if (known === undefined || known.epoch < epoch) registries.set(teamId, { epoch, cache });
  return cache;
}

const unauthorized = (message: string) => new HubError("unauthorized", message);

function bearerOf(request: Request): string {
  const header = request.headers.get("authorization");
  if (header === null)
    throw unauthorized("Sign in: send an API key in the header Authorization: Bearer pb_….");
  const match = /^Bearer +([^\s]+)$/i.exec(header);
  const key = match?.[1];
  if (key === undefined) throw noKey();
  return key;
}

const noKey = () =>
  unauthorized(
    "This is no Plugboard API key. A key begins with pb_ and is shown once, when it is made.",
  );

async function readPrincipal(env: Env, hash: string): Promise<Principal> {
  const row = await registryOf(env)
    .select({
      teamId: apiKeys.teamId,
      keyId: apiKeys.id,
      personId: apiKeys.personId,
      role: members.role,
    })
    .from(apiKeys)
    .innerJoin(
      members,
      and(eq(members.teamId, apiKeys.teamId), eq(members.personId, apiKeys.personId)),
    )
    .where(and(eq(apiKeys.hash, hash), isNull(apiKeys.revokedAt)))
    .get();
  if (!row)
    throw unauthorized("This API key is not known here. It may have been revoked. Make a new one.");
  return row;
}

export type Asking = {
  env: Env;
  request: Request;
  requestId: string;
  now: number;
  waitUntil: (work: Promise<unknown>) => void;
};

/**
 * Who asks, from the API key. What the isolate remembers may be older than the last change of the team: whoever goes
 * on without `gate.admit` (which compares the epochs) calls `confirm` first. Throws `unauthorized`.
 */
export async function authenticate(asking: Asking): Promise<Context> {
  // Synchronous, since every call waits for it: crypto.subtle would cost a turn of the event loop.
  const hash = createHash("sha256").update(bearerOf(asking.request)).digest("hex");
  const known = principals.get(hash);
  if (known) return contextFor(asking, hash, known);
  if (!isApiKey(bearerOf(asking.request))) throw noKey();
  const { teamId } = await readPrincipal(asking.env, hash);
  return renewed(asking, hash, await asking.env.TEAM_GATE.getByName(teamId).epoch());
}

/** The epoch is read before the registry: what is read after it is at least as new. */
async function renewed(asking: Asking, hash: string, epoch: number): Promise<Context> {
  principals.delete(hash);
  const principal = { ...(await readPrincipal(asking.env, hash)), epoch };
  principals.set(hash, principal);
  return contextFor(asking, hash, principal);
}

function contextFor(
  asking: Asking,
  hash: string,
  principal: Principal & { epoch: number },
): Context {
  const { env, requestId, now, waitUntil } = asking;
  const { teamId, keyId, personId, role, epoch } = principal;
  return {
    env,
    db: registryOf(env),
    teamId,
    actor: { kind: "apiKey", id: keyId, personId },
    role,
    requestId,
    now,
    epoch,
    cache: registryAt(teamId, epoch),
    waitUntil,
    renew: (newer) => renewed(asking, hash, newer),
  };
}

/** The context at the team's present epoch: what was revoked or changed since is noticed. One hop. */
export async function confirm(ctx: Context): Promise<Context> {
  const epoch = await ctx.env.TEAM_GATE.getByName(ctx.teamId).epoch();
  return epoch === ctx.epoch ? ctx : ctx.renew(epoch);
}
