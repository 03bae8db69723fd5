import { and, eq, lt } from "drizzle-orm";
import { recorded } from "../audit";
import { deleteSecret, forgetRecord, openRecord, putSecret } from "../credentials";
import type { Context } from "../platform/context";
import { markSignIn } from "./mark";
import type { Kept, Untold } from "./session-store";
import { connections, type ConnectionRow } from "./tables";

type Token = { connectionId: string; kept: Kept; untold: Untold };

/** A connection as the registry has it now. */
export const readNow = (
  { db, teamId }: Context,
  connectionId: string,
): Promise<ConnectionRow | undefined> =>
  db
    .select()
    .from(connections)
    .where(and(eq(connections.id, connectionId), eq(connections.teamId, teamId)))
    .get();

/**
 * Tells of a renewed token: its record goes to KV, then the registry hears of it, and only then the versions before it
 * go. Any number of times. False where the connection has another credential by now, or is gone: then all of it goes.
 */
export async function tellToken(ctx: Context, token: Token): Promise<boolean> {
  const { connectionId, kept, untold } = token;
  const { id, version } = kept;
  const row = await readNow(ctx, connectionId);
  if (row?.credentialId === id) {
    const record = await openRecord(ctx.env, ctx.teamId, { id, version }, kept.sealed);
    await putSecret(ctx, { id, version }, record, { kind: "connection", subjectId: connectionId });
    await tellRegistry(ctx, row, token);
  }
  const isInUse = (await readNow(ctx, connectionId))?.credentialId === id;
  for (const replaced of untold.replaced) await forgetRecord(ctx, { id, version: replaced });
  if (!isInUse) await deleteSecret(ctx, { id, version });
  return isInUse;
}

async function tellRegistry(
  ctx: Context,
  row: ConnectionRow,
  { kept, untold }: Token,
): Promise<void> {
  const { id: credentialId, version, expiresAt } = kept;
  const { scopes, params, refreshes } = untold;
  if (row.credentialVersion < version) {
    const event = {
      action: "connection.renew",
      subjectId: row.id,
      details: { credentialId, version, expiresAt },
    };
    await recorded(ctx, event, [
      ctx.db
        .update(connections)
        .set({
          credentialVersion: version,
          expiresAt,
          refreshes,
          ...(scopes ? { scopes } : {}),
          ...(Object.keys(params).length > 0 ? { params: { ...row.params, ...params } } : {}),
        })
        .where(
          and(
            eq(connections.id, row.id),
            eq(connections.teamId, ctx.teamId),
            eq(connections.credentialId, credentialId),
            lt(connections.credentialVersion, version),
          ),
        ),
    ]);
  }
  const event = { kind: "renewed", refreshes, expiresAt, at: kept.obtainedAt } as const;
  await markSignIn(ctx, row, event);
}
