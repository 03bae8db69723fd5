import { and, eq } from "drizzle-orm";
import type { BatchItem } from "drizzle-orm/batch";
import { recorded } from "../audit";
import { deleteSecret } from "../credentials";
import { bumpEpoch } from "../limits";
import { requirePermission, type Context } from "../platform/context";
import { connectionAccess } from "../teams/tables";
import { readConnection } from "./rows";
import { connections } from "./tables";

/** The statements that remove what a connection offered; they go into the batch of its deletion. */
export type Forget = (ctx: Context, connectionId: string) => BatchItem<"sqlite">[];

/** Removes the connection, its snapshot and its credential. Its executions stay in the ledger. */
export async function deleteConnection(
  ctx: Context,
  idOrSlug: string,
  forget: Forget,
): Promise<void> {
  requirePermission(ctx, "connections.write");
  const row = await readConnection(ctx, idOrSlug);
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
    ...forget(ctx, row.id),
  ]);
  await bumpEpoch(ctx);
  if (row.credentialId !== null)
    await deleteSecret(ctx, { id: row.credentialId, version: row.credentialVersion });
}
