import { openText, sealText } from "../credentials";
import type { Context } from "../platform/context";
import { describeError, log } from "../platform/log";
import type { Caller, Plan } from "./plan";

const mostCharacters = 1_048_576;
const purpose = "kept-answer";

/**
 * An answer, or the server's error, sealed for whoever repeats the call under its idempotency key, and for a job whose
 * runner is gone before it could tell: the record of it is masked. Null for any other call, and where it is too large.
 */
export async function sealAnswer(
  ctx: Context,
  { plan, caller, executionId }: { plan: Plan; caller: Caller; executionId: string },
  answer: string,
): Promise<string | null> {
  const isAskedFor = plan.idempotency !== null || caller.surface === "job";
  if (!isAskedFor || answer.length > mostCharacters) return null;
  try {
    return await sealText(ctx, { purpose, id: executionId }, { answer });
  } catch (error) {
    // The call itself has its answer.
    log("error", "answer.not_sealed", { teamId: ctx.teamId, error: describeError(error) });
    return null;
  }
}

/** The answer of an earlier call as JSON text; undefined where it was not kept, or its key is gone since. */
export async function openAnswer(
  ctx: Pick<Context, "env" | "teamId">,
  executionId: string,
): Promise<string | undefined> {
  const sealed = await ctx.env.TEAM_LEDGER.getByName(ctx.teamId).keptAnswer(executionId);
  if (sealed === null) return undefined;
  try {
    const { answer } = await openText(ctx, { purpose, id: executionId }, sealed);
    return answer;
  } catch (error) {
    log("warn", "answer.not_opened", { teamId: ctx.teamId, error: describeError(error) });
    return undefined;
  }
}
