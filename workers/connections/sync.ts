import { and, eq, sql } from "drizzle-orm";
import type { BatchItem } from "drizzle-orm/batch";
import type { Connection } from "../../shared/contracts/connections";
import { recorded } from "../audit";
import type { Listing } from "../connectors";
import { bumpEpoch } from "../limits";
import type { Context } from "../platform/context";
import { HubError } from "../platform/errors";
import { noteTrial } from "./note-trial";
import { readManaged } from "./owner";
import { noConnection, readConnection, toConnection, type ListedRow } from "./rows";
import { openForWork } from "./secrets";
import { connections, type ConnectionRow } from "./tables";
import { faultOf, trialOf, tryCredential, type Tried } from "./try-credential";

/** The statements that make a listing the connection's snapshot; they go into the batch of the change. */
export type Snapshot = (
  ctx: Context,
  connection: Pick<ConnectionRow, "id" | "slug">,
  listing: Listing,
) => Promise<BatchItem<"sqlite">[]>;

/**
 * Reads everything the server offers anew. When it cannot be reached, the connection and its snapshot stay, marked
 * with the error, and the error is thrown.
 */
export async function syncConnection(
  ctx: Context,
  idOrSlug: string,
  snapshot: Snapshot,
): Promise<Connection> {
  return sync(ctx, await readManaged(ctx, idOrSlug), { snapshot, reason: "sync" });
}

/** The same without anybody's permission: the server itself said that it has changed. */
export async function resyncConnection(
  ctx: Context,
  idOrSlug: string,
  snapshot: Snapshot,
): Promise<Connection> {
  return sync(ctx, await readConnection(ctx, idOrSlug), { snapshot, reason: "listen" });
}

async function sync(
  ctx: Context,
  row: ListedRow,
  { snapshot, reason }: { snapshot: Snapshot; reason: "sync" | "listen" },
): Promise<Connection> {
  if (row.status === "disabled")
    throw new HubError(
      "connection_disabled",
      `The connection ${row.name} is disabled. Enable it to sync it.`,
    );
  let tried: Tried;
  try {
    tried = await tryCredential(ctx, trialOf(row, await openForWork(ctx, row, reason)));
  } catch (error) {
    await noteTrial(ctx, row, faultOf(ctx, error));
    throw error;
  }
  tried.adopt(row);
  await noteTrial(ctx, row, undefined);
  const { status: _status, lastError: _lastError, errorCount: _count, ...columns } = tried.columns;
  const event = {
    action: "connection.sync",
    subjectId: row.id,
    details: { counts: columns.counts },
  };
  const [[synced]] = await recorded(ctx, event, [
    ctx.db
      .update(connections)
      .set({ ...columns, status: unlessWaiting })
      .where(and(eq(connections.id, row.id), eq(connections.teamId, row.teamId)))
      .returning(),
    ...(tried.listing ? await snapshot(ctx, row, tried.listing) : []),
  ]);
  await bumpEpoch(ctx);
  if (!synced) throw noConnection(row.id);
  return toConnection({ ...synced, restricted: row.restricted });
}

/** While a server was asked, somebody may have disabled its connection: that stands. */
export function unlessDisabled(status: "connected" | "error") {
  return sql`CASE WHEN ${connections.status} = 'disabled' THEN 'disabled' ELSE ${status} END`;
}

/** One that waited for its first sign-in has worked now. */
const unlessWaiting = sql`CASE WHEN ${connections.status} = 'pending' THEN 'connected' ELSE ${connections.status} END`;
