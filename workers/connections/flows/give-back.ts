import type { Context } from "../../platform/context";
import { describeError, log } from "../../platform/log";
import type { ConnectFlowRow } from "../tables";
import { revokeUnused } from "./revoke-unused";
import { openFlow } from "./sealed";
import { wayTo } from "./way";

/** The tokens of a sign-in that ended while they waited for a choice. `flow` is as it was before its end wiped them. */
export async function giveBack(
  ctx: Pick<Context, "env" | "teamId">,
  flow: ConnectFlowRow,
): Promise<void> {
  try {
    const { method } = wayTo(flow.draft.connector, flow.draft.method);
    const { obtained, state } = await openFlow(ctx, flow);
    const { params } = flow.draft;
    if (obtained) await revokeUnused({ ctx, flow, method, state }, { ...obtained, params });
  } catch (error) {
    const { id, teamId } = flow;
    log("warn", "connect_flow.not_revoked", { teamId, flow: id, error: describeError(error) });
  }
}
