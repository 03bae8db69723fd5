import { and, eq, inArray, notInArray, sql } from "drizzle-orm";
import type { BatchItem } from "drizzle-orm/batch";
import type { Connection } from "../../shared/contracts/connections";
import { newId } from "../../shared/ids";
import { recorded } from "../audit";
import {
  discardSecret,
  putSecret,
  secretGone,
  secretNamesIn,
  secretUseStatements,
  type CredentialRef,
  type SecretRecord,
} from "../credentials";
import { bumpEpoch } from "../limits";
import { settleStatement } from "../notifications";
import type { Context } from "../platform/context";
import { HubError } from "../platform/errors";
import { refusedNull } from "../platform/refused";
import { forgetSession } from "./destroy-credential";
import { tellPages } from "./mark";
import { isTaken, nameTaken } from "./names";
import { noConnection, toConnection, type ListedRow } from "./rows";
import { unlessDisabled, type Snapshot } from "./sync";
import { connections, type ConnectionRow } from "./tables";
import type { Tried } from "./try-credential";

export type InPlace = {
  action: "connection.update" | "connection.reconnect" | "connection.rotate";
  details: Record<string, unknown>;
  /** Nothing else is written: what somebody changed in the meantime stays. */
  columns: Partial<ConnectionRow>;
  /** In place of the one it has; an empty one removes it. */
  credential?: SecretRecord | undefined;
  tried?: Tried | undefined;
  /** Somebody may disable it while it is tried: that stands, unless enabling is what was asked for. */
  enables: boolean;
  /** Only while it has one of these credentials and nobody took it back. Throws `conflict`. */
  onlyWith?: readonly string[] | undefined;
  /** Where the credential is sealed, if that was chosen before. */
  sealedAs?: CredentialRef | undefined;
  /** What else goes into the same batch. */
  beside?: BatchItem<"sqlite">[] | undefined;
};

/**
 * Changes a connection: row, credential, snapshot and audit entry. The slug stays, so that tool names do. The old
 * secret lies under its own key until the change is made, so a failure in between loses nothing.
 */
export async function changeInPlace(
  ctx: Context,
  row: ListedRow,
  change: InPlace,
  snapshot: Snapshot,
): Promise<Connection> {
  const { tried } = change;
  const credential = change.sealedAs ?? sealedAs(ctx, row, change.credential);
  const columns: Partial<ConnectionRow> = {
    ...tried?.columns,
    ...change.columns,
    ...(change.credential === undefined ? {} : { credentialId: credential?.id ?? null }),
    ...(credential ? { credentialVersion: credential.version } : {}),
    updatedAt: ctx.now,
  };
  const status = columns.status === "connected" && !change.enables;
  let replaced: CredentialRef | undefined;
  let next: ConnectionRow | undefined;
  try {
    if (credential && change.credential)
      await putSecret(ctx, credential, change.credential, {
        kind: "connection",
        subjectId: row.id,
      });
    const event = {
      action: change.action,
      subjectId: row.id,
      details: change.details,
      before: shown(row),
      after: shown({ ...row, ...columns }),
    };
    const own = and(eq(connections.id, row.id), eq(connections.teamId, ctx.teamId));
    const [before, [updated]] = await recorded(ctx, event, [
      // Read in the batch: a renewal may have written another version since the row was read.
      ctx.db
        .select({ id: connections.credentialId, version: connections.credentialVersion })
        .from(connections)
        .where(own),
      ctx.db
        .update(connections)
        .set({
          ...columns,
          ...(status ? { status: unlessDisabled("connected") } : {}),
          ...(change.onlyWith ? { slug: slugWhile(change.onlyWith) } : {}),
        })
        .where(own)
        .returning(),
      ...(await written(ctx, row, change, snapshot)),
    ]);
    const [old] = before;
    if (change.credential !== undefined && old?.id) replaced = { id: old.id, version: old.version };
    next = updated;
  } catch (error) {
    if (credential) await discardSecret(ctx, credential);
    tried?.close();
    if (isTaken(error, "name")) throw nameTaken(columns.name ?? row.name);
    if (change.onlyWith && refusedNull(error, "connections.slug"))
      throw changedMeanwhile(row, error);
    throw secretGone(error) ?? error;
  }
  try {
    await bumpEpoch(ctx);
  } finally {
    // Nobody asks the session any more, so that it would keep the old token.
    if (replaced && row.refreshes && !next?.refreshes) await forgetSession(ctx, row);
  }
  if (!next) {
    if (credential) await discardSecret(ctx, credential);
    tried?.close();
    throw noConnection(row.id);
  }
  if (replaced) await discardSecret(ctx, replaced);
  ctx.waitUntil(tellPages(ctx, row.id));
  tried?.adopt(next);
  return toConnection({ ...next, restricted: row.restricted });
}

/** Fails the batch under any other circumstances: D1 has no transaction in which to look first. */
const slugWhile = (ids: readonly string[]) =>
  sql`CASE WHEN ${inArray(connections.credentialId, [...ids])} AND ${notInArray(connections.status, ["revoked", "pending"])} THEN ${connections.slug} END`;

const changedMeanwhile = ({ name }: ConnectionRow, cause: unknown) =>
  new HubError(
    "conflict",
    `The connection ${name} got another credential, or its access was taken back, while the vendor made a new one, which is not kept here. Remove it at the vendor, and look at the connection before you try again.`,
    { cause },
  );

async function written(
  ctx: Context,
  row: ListedRow,
  { credential, tried, beside: more = [] }: InPlace,
  snapshot: Snapshot,
): Promise<BatchItem<"sqlite">[]> {
  return [
    ...(credential
      ? [
          ...secretUseStatements(ctx, row.id, secretNamesIn(credential)),
          // With another credential, nothing that was said of the last one holds.
          settleStatement(ctx, { subjectId: row.id }),
        ]
      : []),
    ...(tried?.listing ? await snapshot(ctx, row, tried.listing) : []),
    ...more,
  ];
}

/** The new one has an id of its own: of two that are replaced at once, neither writes over the other. */
function sealedAs(
  ctx: Context,
  row: ConnectionRow,
  record: SecretRecord | undefined,
): CredentialRef | undefined {
  if (!record || Object.keys(record).length === 0) return undefined;
  return { id: newId("crd", ctx.now), version: row.credentialVersion + 1 };
}

const shown = ({
  name,
  url,
  transport,
  params,
  status,
  authMethod,
  headerNames,
}: ConnectionRow) => ({
  name,
  url,
  transport,
  params,
  status,
  authMethod,
  headerNames,
});
