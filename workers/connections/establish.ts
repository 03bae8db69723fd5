import type { BatchItem } from "drizzle-orm/batch";
import type { AuthMethod, Manifest } from "../../shared/catalogue/manifest";
import type { Connection, ConnectionFault } from "../../shared/contracts/connections";
import { newId } from "../../shared/ids";
import {
  canRenew,
  discardSecret,
  putSecret,
  resolveSecrets,
  secretGone,
  secretNamesIn,
  secretUseStatements,
  typedNames,
  type AuthState,
  type SecretRecord,
} from "../credentials";
import { bumpEpoch } from "../limits";
import type { Context } from "../platform/context";
import { HubError } from "../platform/errors";
import { vendorAddress } from "./address";
import { changeInPlace } from "./change-in-place";
import { insertConnection, type UnnamedRow } from "./insert";
import { requireFreeName } from "./names";
import { makeReady, signInOf } from "./ready";
import { toConnection, type ListedRow } from "./rows";
import type { Snapshot } from "./sync";
import type { ConnectionRow } from "./tables";
import { faultOf, tryCredential, unreachedColumns, type Tried } from "./try-credential";

/** A credential that is ready to be used, and what the connection that uses it is to be. */
export type Established = {
  /** As the way to sign in has it: `findConnector(id, method)`. */
  manifest: Manifest;
  method: AuthMethod;
  /** The connection that gets it in place of the one it has, or a new one. */
  target:
    | {
        existing: ListedRow;
        /** What else is changed in the same step. */
        also?: Partial<Pick<ConnectionRow, "name" | "rotateEveryDays" | "status">>;
        /** A disabled connection stays so, and is tried only where there is a judge, unless this is true. */
        enables?: boolean;
      }
    | { name: string; owner: "team" | "person"; rotateEveryDays: number | null };
  /** Of an MCP server; null for a vendor of the catalogue. */
  config: { url: string; transport: "auto" | "http" | "sse" } | null;
  params: Record<string, string>;
  /** As it is sealed. Of methods that make their own token (client credentials, logins), the token may be missing. */
  record: SecretRecord;
  /** Before the token's answer says more, `granted` is what is asked for. */
  scopes: { granted: string[]; missing: string[] };
  state: AuthState | null;
  expiresAt: number | null;
  /** Whether a person consented at the vendor just now. */
  consented: boolean;
  allowUnreachable: boolean;
  /** Told whose credential it turned out to be; what it throws ends everything before anything is stored. */
  judge?: (account: string | null) => void;
  /** Statements that go into the batch that stores the connection. */
  beside?: (connectionId: string) => BatchItem<"sqlite">[];
};

/**
 * Tries the credential with a real request, and only then seals and stores it: connection, snapshot and audit entry in
 * one batch. Where it does not work nothing is stored and the error is thrown.
 */
export async function establish(
  ctx: Context,
  established: Established,
  snapshot: Snapshot,
): Promise<Connection> {
  const { target } = established;
  if ("existing" in target) return replaceCredential(ctx, { ...established, target }, snapshot);
  return makeConnection(ctx, { ...established, target }, snapshot);
}

type New = Exclude<Established["target"], { existing: ListedRow }>;
type Old = Extract<Established["target"], { existing: ListedRow }>;

async function makeConnection(
  ctx: Context,
  asked: Established & { target: New },
  snapshot: Snapshot,
): Promise<Connection> {
  const { target } = asked;
  const ownerId = target.owner === "person" ? requirePerson(ctx) : null;
  await requireFreeName(ctx, target.name);
  const { made, tried, fault } = await attempt(ctx, asked);
  const { record } = made;
  const empty = Object.keys(record).length === 0;
  const credential = empty ? null : { id: newId("crd", ctx.now), version: 1 };
  const unnamed: UnnamedRow = {
    id: newId("con", ctx.now),
    teamId: ctx.teamId,
    name: target.name,
    connector: made.manifest.id,
    ownerId,
    createdBy: ctx.actor.personId,
    createdAddress: ctx.address,
    createdUserAgent: ctx.userAgent?.slice(0, 300) ?? null,
    rotateEveryDays: target.rotateEveryDays,
    credentialId: credential?.id ?? null,
    credentialVersion: 1,
    needsSecondFactor: false,
    createdAt: ctx.now,
    ...(tried ? tried.columns : unreachedColumns(ctx, fault)),
    ...signInColumns(ctx, made, tried),
    consentedAt: made.consented ? ctx.now : null,
  };
  let row: ConnectionRow;
  try {
    if (credential)
      await putSecret(ctx, credential, record, { kind: "connection", subjectId: unnamed.id });
    row = await insertConnection(ctx, unnamed, async (named) => [
      ...secretUseStatements(ctx, named.id, secretNamesIn(record)),
      ...(tried?.listing ? await snapshot(ctx, named, tried.listing) : []),
      ...(made.beside?.(named.id) ?? []),
    ]);
  } catch (error) {
    if (credential) await discardSecret(ctx, credential);
    tried?.close();
    throw secretGone(error) ?? error;
  }
  tried?.adopt(row);
  // Open pages of others must not hear of what is one person's own.
  await bumpEpoch(ctx, row.ownerId === null ? {} : { changed: "everyone" });
  return toConnection({ ...row, restricted: false });
}

async function replaceCredential(
  ctx: Context,
  asked: Established & { target: Old },
  snapshot: Snapshot,
): Promise<Connection> {
  const { existing, also = {}, enables = false } = asked.target;
  if (also.name !== undefined) await requireFreeName(ctx, also.name, existing.id);
  const unseen = existing.status === "disabled" && !enables && !asked.judge;
  const { made, tried } = unseen
    ? { made: asked, tried: undefined }
    : await attempt(ctx, { ...asked, allowUnreachable: false });
  return changeInPlace(
    ctx,
    existing,
    {
      action: made.consented ? "connection.reconnect" : "connection.update",
      details: { headersReplaced: true, method: made.method.id },
      columns: {
        lastError: null,
        errorCount: 0,
        ...signInColumns(ctx, made, tried),
        ...(made.consented ? { consentedAt: ctx.now } : {}),
        ...also,
      },
      credential: made.record,
      tried,
      enables,
      beside: made.beside?.(existing.id),
    },
    snapshot,
  );
}

type Attempt =
  | { made: Established; tried: Tried; fault?: undefined }
  | { made: Established; tried?: undefined; fault: ConnectionFault };

async function attempt(ctx: Context, asked: Established): Promise<Attempt> {
  // A name that stands for no secret is wrong input, and no fault of the server.
  const opened = await resolveSecrets(ctx, asked.record);
  let made = asked;
  try {
    const ready = await makeReady(ctx, asked, opened);
    made = ready.established;
    const { manifest, method, params } = made;
    const { url, transport } = addressOf(ctx, made);
    const { presented } = ready;
    const tried = await tryCredential(ctx, { manifest, method, url, transport, params, presented });
    try {
      made.judge?.(tried.columns.account);
    } catch (error) {
      tried.close();
      throw error;
    }
    return { made, tried };
  } catch (error) {
    const isInput = error instanceof HubError && error.code === "invalid_input";
    if (!asked.allowUnreachable || isInput) throw error;
    return { made, fault: faultOf(ctx, error) };
  }
}

const addressOf = (ctx: Context, established: Established) =>
  established.config ?? vendorAddress(ctx, established);

/** What of a row says how the connection signs in. */
function signInColumns(ctx: Context, made: Established, tried: Tried | undefined) {
  const { method, params, record, state, expiresAt } = made;
  const { url, transport } = addressOf(ctx, made);
  const { granted, missing } = scopesAsTold(made.scopes, tried);
  return {
    url,
    transport,
    authMethod: method.id,
    params,
    headerNames: typedNames(method, record),
    scopes: granted,
    missingScopes: missing,
    authState: state,
    refreshes: canRenew(signInOf(made), record),
    expiresAt,
    rotatedAt: Object.keys(record).length === 0 ? null : ctx.now,
  };
}

/** Where the API itself says which scopes a token has, that is what was granted. */
function scopesAsTold(
  { granted, missing }: Established["scopes"],
  tried: Tried | undefined,
): Established["scopes"] {
  const told = tried?.grantedScopes;
  if (!told) return { granted, missing };
  const asked = [...new Set([...granted, ...missing])];
  return { granted: told, missing: asked.filter((scope) => !told.includes(scope)) };
}

function requirePerson(ctx: Context): string {
  if (ctx.actor.personId !== null) return ctx.actor.personId;
  throw new HubError(
    "forbidden",
    "A connection of one's own belongs to a person, and this client acts for none. Make it the team's.",
  );
}
