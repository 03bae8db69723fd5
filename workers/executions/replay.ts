import type { ReplayExecution } from "../../shared/contracts/executions";
import { requirePermission, type Context } from "../platform/context";
import { execute } from "./execute";
import { findReadable, keptArguments, toolOf } from "./find";
import type { Caller, Executed } from "./plan";

/**
 * Runs the tool of an earlier call once more, as the caller and by today's rules, with the given arguments or those it
 * was called with then. Throws `not_found`, `invalid_input`, and what a call throws.
 */
export async function replayExecution(
  ctx: Context,
  id: string,
  asked: ReplayExecution & Pick<Caller, "cancellation"> & { idempotencyKey: string | null },
): Promise<Executed> {
  requirePermission(ctx, "tools.call");
  const past = await findReadable(ctx, id);
  const toolId = toolOf(past);
  const args =
    asked.arguments ?? keptArguments(past, "Give the arguments to call with in the body.");
  const { cancellation, idempotencyKey } = asked;
  return execute(
    ctx,
    { surface: "rest", cancellation, context: { replayOf: id } },
    { tool: () => ({ id: toolId }), arguments: args, extra: {}, idempotencyKey },
  );
}
