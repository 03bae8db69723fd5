import { createHash } from "node:crypto";
import type { Context as HonoContext } from "hono";
import { addressOf } from "../platform/address";
import { logFailure } from "../platform/background";
import type { Context } from "../platform/context";
import type { HubError } from "../platform/errors";
import type { HttpEnv } from "../platform/http";
import { Lru } from "../platform/lru";
import { registryOf } from "../platform/registry";
import type { Span } from "../platform/telemetry";
import { readPrincipal, type Credential } from "./principals/read";
import { sessionEnded } from "./principals/session";
import {
  keyUnknown,
  noKey,
  tokenEnded,
  unauthorized,
  type Principal,
} from "./principals/principal";
import { isAllowed, requireAllowedAddress } from "./keys/addresses";
import { requireOrigin, sessionTokenOf } from "./session-cookie";

type Known = Principal & { epoch: number };

/** What this isolate knows of each credential, with the team's epoch it belongs to. */
const principals = new Lru<Known>(5000);

/** What this isolate remembers of each team's registry, all of one epoch. */
const registries = new Lru<{ epoch: number; cache: Lru<unknown> }>(200);

export function registryAt(teamId: string, epoch: number): Lru<unknown> {
  const known = registries.get(teamId);
  if (known?.epoch === epoch) return known.cache;
  const cache = new Lru<unknown>(5000);
  // A request that began before the last change must not put its older memory in the place of the newer one.
  if (known === undefined || known.epoch < epoch) registries.set(teamId, { epoch, cache });
  return cache;
}

export type Asking = {
  env: Env;
  request: Request;
  requestId: string;
  now: number;
  waitUntil: (work: Promise<unknown>) => void;
  /** What the request is in its trace. */
  span?: Span | undefined;
};

export function askingOf(
  c: Pick<HonoContext<HttpEnv>, "env" | "req" | "get" | "executionCtx">,
): Asking {
  const requestId = c.get("requestId");
  return {
    env: c.env,
    request: c.req.raw,
    requestId,
    now: c.get("receivedAt"),
    waitUntil: (work) => c.executionCtx.waitUntil(logFailure(work, { requestId })),
    span: c.get("span"),
  };
}

/** Where a credential is taken: sessions only at the API, tokens only at the resource they were made for. */
export type Entrance = { sessions: boolean; resource: (request: Request) => string };

/**
 * Who asks: whose API key or token it is, or, where sessions are taken and no `Authorization` is sent, whose session.
 * What the isolate remembers may be older than the last change of the team: whoever goes on without `gate.admit` (which
 * compares the epochs) calls `confirm` first. Throws `unauthorized`, and `forbidden` for a session that another page
 * may have sent.
 */
export async function authenticate(asking: Asking, entrance: Entrance): Promise<Context> {
  const header = asking.request.headers.get("authorization");
  if (header !== null) return contextOf(asking, bearerOf(asking.request, header, entrance));
  const token = entrance.sessions ? sessionTokenOf(asking.env, asking.request) : undefined;
  if (token !== undefined) return withSession(asking, token);
  throw unauthorized("Sign in: send an API key in the header Authorization: Bearer pb_….");
}

/** Who asks, by the token of their session. */
export async function withSession(asking: Asking, token: string): Promise<Context> {
  requireOrigin(asking.request);
  return contextOf(asking, { kind: "session", place: `session/${sha256(token)}`, token });
}

function bearerOf(request: Request, header: string, entrance: Entrance): Credential {
  const token = /^Bearer +([^\s]+)$/i.exec(header)?.[1];
  if (token === undefined) throw noKey();
  const hash = sha256(token);
  if (token.startsWith("pb_")) return { kind: "apiKey", place: `apiKey/${hash}`, hash, token };
  // What a token is good for is part of its place: one that is known here is not known elsewhere.
  const resource = entrance.resource(request);
  const kind = token.startsWith("ey") ? "accessToken" : "clientToken";
  return { kind, place: `${kind}/${hash} ${resource}`, token, resource };
}

/** Synchronous, since every call waits for it: crypto.subtle would cost a turn of the event loop. */
const sha256 = (secret: string): string => createHash("sha256").update(secret).digest("hex");

async function contextOf(asking: Asking, credential: Credential): Promise<Context> {
  const known = principals.get(credential.place);
  const address = addressOf(asking.env, asking.request);
  // An address that an older memory refuses may be on the list by now.
  if (known && isAllowed(known.allowedAddresses, address))
    return contextFor(asking, credential, { known, address });
  const { teamId } = await readPrincipal(asking, credential);
  const epoch = await asking.env.TEAM_GATE.getByName(teamId).epoch();
  return renewed(asking, credential, { teamId, epoch });
}

/** The epoch is read before the registry: what is read after it is at least as new. */
async function renewed(
  asking: Asking,
  credential: Credential,
  at: { teamId: string; epoch: number },
): Promise<Context> {
  const { place } = credential;
  principals.delete(place);
  const principal = await readPrincipal(asking, credential);
  const { teamId } = principal;
  // A session can have moved to another team, whose epochs are its own.
  if (teamId !== at.teamId) {
    const epoch = await asking.env.TEAM_GATE.getByName(teamId).epoch();
    return renewed(asking, credential, { teamId, epoch });
  }
  const known = { ...principal, epoch: at.epoch };
  principals.set(place, known);
  const address = addressOf(asking.env, asking.request);
  requireAllowedAddress(known.allowedAddresses, address);
  return contextFor(asking, credential, { known, address });
}

function contextFor(
  asking: Asking,
  credential: Credential,
  { known, address }: { known: Known; address: string },
): Context {
  const { teamId, expiresAt } = known;
  if (expiresAt !== null && asking.now >= expiresAt) throw ends[credential.kind]();
  return asContext(asking, known, {
    address,
    renew: (epoch) => renewed(asking, credential, { teamId, epoch }),
  });
}

/** Somebody known to act, as the context of what is asked. */
export function asContext(
  { env, request, requestId, now, waitUntil, span }: Omit<Asking, "request"> & Partial<Asking>,
  known: Known,
  { address, renew }: Pick<Context, "address" | "renew">,
): Context {
  const { teamId, actor, role, permissions, hidden, secondFactorAt, expiresAt, epoch } = known;
  return {
    env,
    db: registryOf(env),
    teamId,
    actor,
    role,
    permissions,
    hidden,
    secondFactorAt,
    expiresAt,
    address,
    userAgent: request?.headers.get("user-agent") ?? null,
    requestId,
    now,
    epoch,
    cache: registryAt(teamId, epoch),
    waitUntil,
    span,
    renew,
  };
}

const ends = {
  session: sessionEnded,
  apiKey: keyUnknown,
  accessToken: tokenEnded,
  clientToken: tokenEnded,
} satisfies Record<Credential["kind"], () => HubError>;

/** The context at the team's present epoch: what was revoked or changed since is noticed. One hop. */
export async function confirm(ctx: Context): Promise<Context> {
  const epoch = await ctx.env.TEAM_GATE.getByName(ctx.teamId).epoch();
  return epoch === ctx.epoch ? ctx : ctx.renew(epoch);
}
