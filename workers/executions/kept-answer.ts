import { openText, sealText } from "../credentials";
import type { Context } from "../platform/context";
import { describeError, log } from "../platform/log";
import type { Cached, Caller, Plan } from "./plan";

const mostCharacters = 1_048_576;
const purpose = "kept-answer";

export type KeptAnswer = { /** JSON text. */ answer: string; cached?: Cached | undefined };

/**
 * An answer, or the server's error, sealed for whoever repeats the call under its idempotency key, and for a job whose
 * runner is gone before it could tell: the record of it is masked. Null for any other call, and where it is too large.
 */
export async function sealAnswer(
  ctx: Context,
  { plan, caller, executionId }: { plan: Plan; caller: Caller; executionId: string },
  { answer, cached }: KeptAnswer,
): Promise<string | null> {
  const isAskedFor = plan.idempotency !== null || caller.surface === "job";
  if (!isAskedFor || answer.length > mostCharacters) return null;
  try {
    return await sealText(
      ctx,
      { purpose, id: executionId },
      { answer, ...(cached && { cached: JSON.stringify(cached) }) },
    );
  } catch (error) {
    // The call itself has its answer.
    log("error", "answer.not_sealed", { teamId: ctx.teamId, error: describeError(error) });
    return null;
  }
}

/** The answer of an earlier call; undefined where it was not kept, or its key is gone since. */
export async function openAnswer(
  ctx: Pick<Context, "env" | "teamId">,
  executionId: string,
): Promise<KeptAnswer | undefined> {
  const sealed = await ctx.env.TEAM_LEDGER.getByName(ctx.teamId).keptAnswer(executionId);
  if (sealed === null) return undefined;
  try {
    const { answer, cached } = await openText(ctx, { purpose, id: executionId }, sealed);
    if (answer === undefined) return undefined;
    return { answer, ...(cached !== undefined && { cached: JSON.parse(cached) as Cached }) };
  } catch (error) {
    log("warn", "answer.not_opened", { teamId: ctx.teamId, error: describeError(error) });
    return undefined;
  }
}
