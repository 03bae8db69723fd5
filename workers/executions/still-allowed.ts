import { findConnection } from "../connections";
import { requirePermission, type Context } from "../platform/context";
import { confirm } from "../teams";

/**
 * The caller of a call under way as they are now. Throws `unauthorized`, `no_team`, `forbidden` for who does not count any
 * more, `not_found` where the connection is none of theirs.
 */
export async function requireStillAllowed(known: Context, connectionId: string): Promise<Context> {
  const now = await confirm(known);
  if (now === known) return known;
  requirePermission(now, "tools.call");
  await findConnection(now, connectionId);
  return now;
}
