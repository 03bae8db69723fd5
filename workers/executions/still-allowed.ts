import { findConnection } from "../connections";
import { requirePermission, type Context } from "../platform/context";
import { HubError } from "../platform/errors";

/**
 * The caller of a call under way as they are now. Throws `cancelled` where somebody stopped the call; `unauthorized`,
 * `no_team`, `forbidden` for who does not count any more; `not_found` where the connection is none of theirs. One hop.
 */
export async function requireStillAllowed(
  known: Context,
  { executionId, connectionId }: { executionId: string; connectionId: string },
): Promise<Context> {
  const { epoch, stopped } = await known.env.TEAM_GATE.getByName(known.teamId).look(executionId);
  if (stopped)
    throw new HubError(
      "cancelled",
      "Somebody stopped this call. Whether it took effect is not known.",
    );
  if (epoch === known.epoch) return known;
  const now = await known.renew(epoch);
  requirePermission(now, "tools.call");
  await findConnection(now, connectionId);
  return now;
}
