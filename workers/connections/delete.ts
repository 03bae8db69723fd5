import { and, eq } from "drizzle-orm";
import type { BatchItem } from "drizzle-orm/batch";
import { recorded } from "../audit";
import { secretUseStatements } from "../credentials";
import { bumpEpoch } from "../limits";
import { settleStatement } from "../notifications";
import type { Context } from "../platform/context";
import { connectionAccess } from "../teams/tables";
import { destroyCredential } from "./destroy-credential";
import { tellPages } from "./mark";
import { readManaged } from "./owner";
import { connections, type ConnectionRow } from "./tables";
import { prepareTakingBack } from "./take-back";

/** The statements that remove what a connection offered; they go into the batch of its deletion. */
export type Forget = (ctx: Context, connectionId: string) => BatchItem<"sqlite">[];

/** Removes the connection, its snapshot and its credential. Its executions stay in the ledger. */
export async function deleteConnection(
  ctx: Context,
  idOrSlug: string,
  forget: Forget,
): Promise<void> {
  await removeConnection(ctx, await readManaged(ctx, idOrSlug), forget);
}

/** The same without anybody's permission. The vendor is told in the background, where it can be. */
export async function removeConnection(
  ctx: Context,
  row: ConnectionRow,
  forget: Forget,
): Promise<void> {
  const takeBack = await prepareTakingBack(ctx, row);
  const event = {
    action: "connection.delete",
    subjectId: row.id,
    before: { name: row.name, url: row.url },
  };
  await recorded(ctx, event, [
    ctx.db
      .delete(connections)
      .where(and(eq(connections.id, row.id), eq(connections.teamId, ctx.teamId))),
    ctx.db
      .delete(connectionAccess)
      .where(
        and(eq(connectionAccess.connectionId, row.id), eq(connectionAccess.teamId, ctx.teamId)),
      ),
    ...secretUseStatements(ctx, row.id, []),
    settleStatement(ctx, { subjectId: row.id }),
    ...forget(ctx, row.id),
  ]);
  try {
    await bumpEpoch(ctx);
  } finally {
    // No repetition would find the connection: its credential ends now, whatever fails.
    await destroyCredential(ctx, row);
    ctx.waitUntil(takeBack());
    await tellPages(ctx, row.id);
  }
}
