import { record, type Author } from "../../audit";
import { describeError, log } from "../../platform/log";
import type { ConnectFlowRow } from "../tables";
import { faultOf } from "./faults";
import type { Claimed } from "./finish";
import { revokeUnused } from "./revoke-unused";
import { endFlow } from "./row";
import type { Tokens } from "./sealed";

/** What was got at the vendor and must not be left lying about. */
export type Keep = (tokens: Tokens & { params: Record<string, string> }) => void;

/**
 * Does what follows a claim. However it ends, the flow says so: failed with its reason, where the work did not write its
 * end itself. Tokens that were got for nothing are given back.
 */
export async function carryOut(
  claimed: Claimed,
  work: (keep: Keep) => Promise<void>,
): Promise<void> {
  const { ctx, flow, method, secrets } = claimed;
  let got: Parameters<Keep>[0] | undefined;
  try {
    await work((tokens) => (got = tokens));
  } catch (error) {
    // The connection may stand although what came after it failed: then the flow is done, and nothing is taken back.
    if ((await failFlow(ctx, flow, error)) && got)
      await revokeUnused({ ctx, flow, method, state: secrets.state }, got);
  }
}

/** Writes down why, if the flow did not end meanwhile. Never throws: a flow nobody could end reads as failed in time. */
export async function failFlow(
  author: Author,
  flow: ConnectFlowRow,
  error: unknown,
): Promise<boolean> {
  const fault = faultOf(error);
  const { requestId, teamId } = author;
  const told = { requestId, teamId, flow: flow.id, code: fault.code };
  if (fault.code === "internal")
    log("error", "connect_flow.failed", { ...told, error: describeError(error) });
  else log("info", "connect_flow.failed", told);
  try {
    if (!(await endFlow(author, flow, { from: "working", fault }))) return false;
  } catch (failure) {
    log("error", "connect_flow.not_ended", { ...told, error: describeError(failure) });
    return false;
  }
  const { connector, method, reconnects } = flow.draft;
  await record(author, {
    action: "connection.sign_in.failed",
    subjectId: reconnects ?? flow.id,
    details: { flow: flow.id, connector, method, code: fault.code },
  }).catch((failure: unknown) =>
    log("error", "connect_flow.not_recorded", { ...told, error: describeError(failure) }),
  );
  return true;
}
