import type { Context } from "../../platform/context";
import { HubError } from "../../platform/errors";
import { flowFault } from "./faults";
import { giveBack } from "./give-back";
import { endFlow, readFlow } from "./row";

/** Ends a sign-in that is under way; one that is over stays as it is. Throws `not_found`, `conflict` while it is finished. */
export async function cancelFlow(ctx: Context, id: string): Promise<void> {
  const row = await readFlow(ctx, id);
  if (row.status === "done" || row.status === "failed") return;
  const ended =
    row.status !== "working" &&
    (await endFlow(ctx, row, { from: row.status, fault: flowFault("cancelled") }));
  if (!ended)
    throw new HubError(
      "conflict",
      "This sign-in is being finished. Wait a moment, then delete the connection if you do not want it.",
    );
  if (row.status === "choosing") ctx.waitUntil(giveBack(ctx, row));
}
