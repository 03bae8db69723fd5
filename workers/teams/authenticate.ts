import { createHash } from "node:crypto";
import type { Context as HonoContext } from "hono";
import type { Context } from "../platform/context";
import { HubError } from "../platform/errors";
import type { HttpEnv } from "../platform/http";
import { Lru } from "../platform/lru";
import { registryOf } from "../platform/registry";
import { isApiKey } from "./api-key";
import { readPrincipal, sessionEnded, type Credential, type Principal } from "./principals";
import { requireOrigin, sessionSecretOf } from "./session-cookie";

type Known = Principal & { epoch: number };

/** What this isolate knows of each credential, with the team's epoch it belongs to. */
const principals = new Lru<Known>(5000);

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

const noKey = () =>
  unauthorized(
    "This is no Plugboard API key. A key begins with pb_ and is shown once, when it is made.",
  );

export type Asking = {
  env: Env;
  request: Request;
  requestId: string;
  now: number;
  waitUntil: (work: Promise<unknown>) => void;
};

export function askingOf(c: HonoContext<HttpEnv>): Asking {
  return {
    env: c.env,
    request: c.req.raw,
    requestId: c.get("requestId"),
    now: c.get("receivedAt"),
    waitUntil: (work) => c.executionCtx.waitUntil(work),
  };
}

/**
 * Who asks: whose API key it is, or, where `sessions` are taken and no key is sent, whose session. What the isolate
 * remembers may be older than the last change of the team: whoever goes on without `gate.admit` (which compares the
 * epochs) calls `confirm` first. Throws `unauthorized`, and `forbidden` for a session that another page may have sent.
 */
export async function authenticate(
  asking: Asking,
  { sessions }: { sessions: boolean },
): Promise<Context> {
  const header = asking.request.headers.get("authorization");
  if (header !== null) return withKey(asking, header);
  const secret = sessions ? sessionSecretOf(asking.request) : undefined;
  if (secret !== undefined) return withSession(asking, secret);
  throw unauthorized("Sign in: send an API key in the header Authorization: Bearer pb_….");
}

async function withKey(asking: Asking, header: string): Promise<Context> {
  const key = /^Bearer +([^\s]+)$/i.exec(header)?.[1];
  if (key === undefined) throw noKey();
  const credential = { kind: "apiKey", hash: sha256(key) } as const;
  const known = principals.get(placeOf(credential));
  if (known) return contextFor(asking, credential, known);
  if (!isApiKey(key)) throw noKey();
  return read(asking, credential);
}

/** Who asks, by the secret of their session's cookie. */
export async function withSession(asking: Asking, secret: string): Promise<Context> {
  requireOrigin(asking.request);
  const credential = { kind: "session", hash: sha256(secret) } as const;
  const known = principals.get(placeOf(credential));
  return known ? contextFor(asking, credential, known) : read(asking, credential);
}

/** Synchronous, since every call waits for it: crypto.subtle would cost a turn of the event loop. */
const sha256 = (secret: string): string => createHash("sha256").update(secret).digest("hex");

/** A session's secret is no key, and a key is no session. */
const placeOf = ({ kind, hash }: Credential): string => `${kind}/${hash}`;

async function read(asking: Asking, credential: Credential): Promise<Context> {
  const { teamId } = await readPrincipal(asking.env, credential);
  return renewed(asking, credential, await asking.env.TEAM_GATE.getByName(teamId).epoch());
}

/** The epoch is read before the registry: what is read after it is at least as new. */
async function renewed(asking: Asking, credential: Credential, epoch: number): Promise<Context> {
  const place = placeOf(credential);
  principals.delete(place);
  const known = { ...(await readPrincipal(asking.env, credential)), epoch };
  principals.set(place, known);
  return contextFor(asking, credential, known);
}

function contextFor(asking: Asking, credential: Credential, known: Known): Context {
  const { env, requestId, now, waitUntil } = asking;
  const { teamId, actor, role, expiresAt, epoch } = known;
  if (expiresAt !== null && now >= expiresAt) throw sessionEnded();
  return {
    env,
    db: registryOf(env),
    teamId,
    actor,
    role,
    requestId,
    now,
    epoch,
    cache: registryAt(teamId, epoch),
    waitUntil,
    renew: (newer) => renewed(asking, credential, newer),
  };
}

/** The context at the team's present epoch: what was revoked or changed since is noticed. One hop. */
export async function confirm(ctx: Context): Promise<Context> {
  const epoch = await ctx.env.TEAM_GATE.getByName(ctx.teamId).epoch();
  return epoch === ctx.epoch ? ctx : ctx.renew(epoch);
}
