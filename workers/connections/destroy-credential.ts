import { discardSecret } from "../credentials";
import type { Context } from "../platform/context";
import { describeError, log } from "../platform/log";
import { placeOf } from "./credential";
import type { ConnectionRow } from "./tables";

/** What was sealed for a connection, once nothing refers to it any more: in KV, and in its session where it has one. */
export async function destroyCredential(ctx: Context, row: ConnectionRow): Promise<void> {
  const { credentialId: id, credentialVersion: version } = row;
  if (id !== null) await discardSecret(ctx, { id, version });
  if (row.refreshes) await forgetSession(ctx, row);
}

/** What a connection's session keeps of its token. */
export async function forgetSession(ctx: Context, row: ConnectionRow): Promise<void> {
  const { id: connectionId, teamId } = row;
  try {
    await ctx.env.CONNECTION_SESSION.getByName(placeOf(row)).forget(row);
  } catch (error) {
    // Its own alarm finds out that the connection is gone.
    log("warn", "connection.not_forgotten", { teamId, connectionId, error: describeError(error) });
  }
}
