import {
  openRecord,
  openSecret,
  presentCredential,
  resolveSecrets,
  type CredentialRef,
  type Presented,
  type SecretRecord,
  type TokenFailure,
} from "../credentials";
import type { Context } from "../platform/context";
import { HubError } from "../platform/errors";
import { Lru } from "../platform/lru";
import { forCalls, isDue, lives, type Life } from "./renewal";
import type { AskToken } from "./session.object";
import { signInOf } from "./sign-in";
import type { ConnectionRow } from "./tables";

/** A connection's credential for the use at hand, as requests show it. Do not keep it. */
export type Opened = {
  presented: Presented;
  version: number;
  /** Which sealed record was opened; null where there is none. */
  ref: CredentialRef | null;
  /** Where the hub renews it: another one after a server refused this. Undefined where there is no newer one. */
  renew?: () => Promise<Opened | undefined>;
};

const nothing: Presented = { headers: {}, query: {}, secrets: {} };

/**
 * The credential of a connection, opened: whoever calls this says so in the record. Throws `connection_needs_auth` where
 * somebody has to sign in again, `upstream_*` where no token is to be had now.
 */
export async function credentialFor(ctx: Context, row: ConnectionRow): Promise<Opened> {
  const version = row.credentialVersion;
  if (row.credentialId === null) return { presented: nothing, version, ref: null };
  if (row.refreshes) return openToken(ctx, row);
  const ref = { id: row.credentialId, version };
  return { presented: await present(ctx, row, await openSecret(ctx, ref)), version, ref };
}

async function present(ctx: Context, row: ConnectionRow, record: SecretRecord) {
  return presentCredential(signInOf(row), await resolveSecrets(ctx, record));
}

/** The newest token of each connection this isolate has heard of; `sealed` where its session handed it over. */
type Held = Life & {
  ref: CredentialRef;
  sealed: string | null;
  /** While the session fetches the next one, it need not be asked with every call. */
  askAgainAt?: number;
};
const held = new Lru<Held>(2000);
const askAgainMs = 2000;

/** The name of its session, and where the isolate keeps what it knows. */
export const placeOf = ({ teamId, id }: Pick<ConnectionRow, "teamId" | "id">): string =>
  `${teamId}/${id}`;

async function openToken(ctx: Context, row: ConnectionRow): Promise<Opened> {
  const now = Date.now();
  const mine = newest(row);
  if (mine && (!isDue(mine, now, forCalls) || now < (mine.askAgainAt ?? 0))) {
    const record = await openHeld(ctx, mine);
    if (record) return withRenewal(ctx, row, { ref: mine.ref, record });
  }
  return askSession(ctx, row, {});
}

/** What the isolate holds, or what the registry says: the higher version of the credential the registry names. */
function newest(row: ConnectionRow): Held | undefined {
  const known = held.get(placeOf(row));
  if (row.credentialId === null) return undefined;
  if (known?.ref.id === row.credentialId && known.ref.version >= row.credentialVersion)
    return known;
  return {
    ref: { id: row.credentialId, version: row.credentialVersion },
    sealed: null,
    // Of the registry's token nobody here knows since when it lives: it may be as short as they come.
    obtainedAt: row.rotatedAt ?? row.createdAt,
    expiresAt: row.expiresAt,
  };
}

/** Undefined where its record is not there any more: a newer one took its place. */
async function openHeld(ctx: Context, { ref, sealed }: Held): Promise<SecretRecord | undefined> {
  try {
    return sealed === null
      ? await openSecret(ctx, ref)
      : await openRecord(ctx.env, ctx.teamId, ref, sealed);
  } catch (error) {
    if (error instanceof HubError && error.code === "unavailable") return undefined;
    throw error;
  }
}

async function askSession(
  ctx: Context,
  row: ConnectionRow,
  how: Pick<AskToken, "than" | "force">,
): Promise<Opened> {
  const given = await askToken(ctx, row, how);
  const { credentialId: id, version, sealed, obtainedAt, expiresAt } = given;
  const ref = { id, version };
  const askAgainAt = lives({ expiresAt }, Date.now() + askAgainMs) ? Date.now() + askAgainMs : 0;
  held.set(placeOf(row), { ref, sealed, obtainedAt, expiresAt, askAgainAt });
  const record = await openRecord(ctx.env, ctx.teamId, ref, sealed);
  return withRenewal(ctx, row, { ref, record });
}

/** Asks the connection's session for its token. Throws what `credentialFor` throws. */
export async function askToken(
  { env, teamId }: Pick<Context, "env" | "teamId">,
  row: ConnectionRow,
  how: Pick<AskToken, "than" | "force" | "ahead">,
) {
  const known = row.credentialId === null ? {} : { known: knownRef(row, row.credentialId) };
  const session = env.CONNECTION_SESSION.getByName(placeOf(row));
  const given = await session
    .token({ teamId, connectionId: row.id, ...known, ...how })
    .catch((cause: unknown) => {
      throw new HubError(
        "unavailable",
        `The token of the connection ${row.name} could not be fetched just now. Try again.`,
        { cause },
      );
    });
  if (!given.ok) throw noToken(row, given.failure);
  return given;
}

const knownRef = (row: ConnectionRow, id: string) => ({ id, version: row.credentialVersion });

async function withRenewal(
  ctx: Context,
  row: ConnectionRow,
  { ref, record }: { ref: CredentialRef; record: SecretRecord },
): Promise<Opened> {
  return {
    presented: await present(ctx, row, record),
    version: ref.version,
    ref,
    renew: async () => {
      const next = await askSession(ctx, row, { than: ref.version });
      return next.ref && isSame(next.ref, ref) ? undefined : next;
    },
  };
}

const isSame = (one: CredentialRef, other: CredentialRef): boolean =>
  one.id === other.id && one.version === other.version;

function noToken({ name }: ConnectionRow, failure: TokenFailure): HubError {
  const { retryAfterSeconds } = failure;
  switch (failure.kind) {
    case "revoked":
      return new HubError(
        "connection_needs_auth",
        `The connection ${name} has to be signed in again: ${failure.message}`,
      );
    case "misconfigured":
      return new HubError("upstream_unauthorized", `${name}: ${failure.message}`);
    case "transient":
      return new HubError("upstream_unreachable", `${name}: ${failure.message}`, {
        details: retryAfterSeconds === undefined ? {} : { retryAfterSeconds },
      });
  }
}
