import type { ReplayExecution } from "../../shared/contracts/calls";
import { requirePermission, type Context } from "../platform/context";
import type { Call } from "./answer-caller";
import { findReadable, keptArguments, toolOf } from "./find";

/**
 * The call that runs the tool of an earlier one once more, as the caller and by today's rules, with the given arguments
 * or those it was called with then. Throws `not_found` and `invalid_input`.
 */
export async function replayOf(
  ctx: Context,
  id: string,
  asked: ReplayExecution & Pick<Call, "idempotencyKey">,
): Promise<Call> {
  requirePermission(ctx, "tools.call");
  const past = await findReadable(ctx, id);
  return {
    toolId: toolOf(past),
    arguments:
      asked.arguments ?? keptArguments(past, "Give the arguments to call with in the body."),
    idempotencyKey: asked.idempotencyKey,
    context: { replayOf: id },
  };
}
