import { requirePermission, type Context } from "../platform/context";
import { HubError } from "../platform/errors";
import { findReadable, keptArguments, toolOf } from "./find";
import { createJob, type Created } from "./jobs/create";

/**
 * Takes up a call that did not end well: its tool runs again from the beginning, with the same arguments, as a job of the
 * caller's. Throws `not_found`, `conflict`, `invalid_input`, and what a job's creation throws.
 */
export async function resumeExecution(
  ctx: Context,
  id: string,
  { idempotencyKey }: { idempotencyKey: string | null },
): Promise<Created> {
  requirePermission(ctx, "tools.call");
  const past = await findReadable(ctx, id);
  const toolId = toolOf(past);
  if (past.status === "running" || past.status === "succeeded")
    throw new HubError(
      "conflict",
      past.status === "running"
        ? "This execution is still running: stop it before you take it up again."
        : "This execution has succeeded. Replay it to run its tool once more.",
    );
  const args = keptArguments(past, "Replay it with the arguments to call with.");
  return createJob(
    ctx,
    { toolId, arguments: args, notify: false, resultSeconds: 86_400 },
    { idempotencyKey, context: { resumes: id } },
  );
}
