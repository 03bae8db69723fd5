import type { ConnectionFault } from "../../shared/contracts/connections";
import { errors, isErrorCode } from "../../shared/errors";
import type { Context } from "../platform/context";
import { markSignIn } from "./mark";
import type { ConnectionRow } from "./tables";

/** What came of a request that somebody asked for on purpose: the connection shows it. */
export async function noteTrial(
  ctx: Context,
  row: ConnectionRow,
  fault: ConnectionFault | undefined,
): Promise<void> {
  // Its token told what there is to tell where it was asked for.
  if (fault?.code === "connection_needs_auth") return;
  // What the hub itself lacks is no fault of the connection's.
  if (isErrorCode(fault?.code) && errors[fault.code].side === "hub") return;
  const event = !fault
    ? ({ kind: "worked" } as const)
    : fault.code === "upstream_unauthorized"
      ? ({ kind: "refused", fault, final: row.refreshes } as const)
      : ({ kind: "unreachable", fault } as const);
  await markSignIn(ctx, row, event);
}
