import { discardSecret } from "../credentials";
import type { Context } from "../platform/context";
import { describeError, log } from "../platform/log";
import { tryAgain } from "../platform/try-again";
import { placeOf } from "./credential";
import type { ConnectionRow } from "./tables";

const forgetAgainAfterMs = [100, 500, 2000];

/**
 * What was sealed for a connection, once nothing refers to it any more: in KV, and in its session where it has one. Never
 * throws.
 */
export async function destroyCredential(ctx: Context, row: ConnectionRow): Promise<void> {
  const { credentialId: id, credentialVersion: version } = row;
  if (id !== null) await discardSecret(ctx, { id, version });
  if (row.refreshes) await forgetSession(ctx, row);
}

/** What a connection's session keeps of its token. Never throws. */
export async function forgetSession(ctx: Context, row: ConnectionRow): Promise<void> {
  const { id: connectionId, teamId } = row;
  try {
    await tryAgain(
      () => ctx.env.CONNECTION_SESSION.getByName(placeOf(row)).forget(row),
      forgetAgainAfterMs,
    );
  } catch (error) {
    // What stays is sealed with the team's key, and nobody asks that session for it any more.
    log("error", "connection.not_forgotten", { teamId, connectionId, error: describeError(error) });
  }
}
