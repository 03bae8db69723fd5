import type { BatchCall } from "../../shared/contracts/calls";
import { newId } from "../../shared/ids";
import type { Cancellation } from "../platform/cancellation";
import { requirePermission, type Context } from "../platform/context";
import { HubError } from "../platform/errors";
import { errorBody } from "../platform/error-response";
import { callResultText } from "./call-result";
import { execute } from "./execute";

/**
 * All results are one text in memory. Those that are here may hold so many characters before another call is begun, and
 * those under way as many bytes together: so what is sent can be given out.
 */
const roomFor = 8 * 1024 * 1024;
const mostCharacters = 2 * roomFor;

type Batch = BatchCall & { idempotencyKey: string | null; cancellation: Cancellation };

/**
 * Runs calls side by side, each admitted, limited and recorded for itself: a BatchResult as JSON text. What one of them
 * comes to stops no other. Once nobody waits any more those under way are cancelled and the rest is not begun; nor is
 * what there is no room left for. Under an idempotency key each call runs once, known by its place.
 */
export async function callBatch(
  ctx: Context,
  { calls, atOnce, idempotencyKey, cancellation }: Batch,
): Promise<string> {
  requirePermission(ctx, "tools.call");
  const batchId = newId("bat", ctx.now);
  const results: string[] = [];
  let next = 0;
  let succeeded = 0;
  let characters = 0;
  let given = false;
  const mostBytes = Math.floor(roomFor / atOnce);
  cancellation.onCancel(() => (given = true));

  async function one(
    { toolId, arguments: args }: BatchCall["calls"][number],
    index: number,
  ): Promise<string> {
    if (given) throw hungUp();
    if (characters >= roomFor) throw noRoom();
    const executed = await execute(
      beginning(ctx, Date.now()),
      { surface: "rest", cancellation, mostBytes, context: { batchId } },
      {
        tool: () => ({ id: toolId }),
        arguments: args,
        extra: {},
        // No caller's own key has a space in it.
        idempotencyKey: idempotencyKey === null ? null : `${idempotencyKey} ${index}`,
      },
    ).catch((error: unknown) => {
      throw atOnce > 1 ? withLessRoom(error) : error;
    });
    const text = callResultText(executed);
    if (executed.execution.status === "succeeded") succeeded += 1;
    characters += text.length;
    if (characters > mostCharacters) throw tooMuch(executed.execution);
    return text;
  }

  async function work(): Promise<void> {
    for (let index = next++; index < calls.length; index = next++) {
      const call = calls[index];
      if (!call) return;
      results[index] = await one(call, index).catch((error: unknown) =>
        JSON.stringify(errorBody(error, ctx.requestId)),
      );
    }
  }

  await Promise.all(Array.from({ length: atOnce }, work));
  const counts = `"succeeded":${succeeded},"failed":${calls.length - succeeded}`;
  return `{"batchId":"${batchId}","results":[${results.join()}],${counts}}`;
}

/** The context of a call that begins later than the request it came with: its times are its own. */
function beginning(ctx: Context, now: number): Context {
  return { ...ctx, now, renew: async (epoch) => beginning(await ctx.renew(epoch), now) };
}

const hungUp = (): HubError =>
  new HubError("cancelled", "The caller hung up, so the call was not begun.");

const noRoom = (): HubError =>
  new HubError(
    "upstream_too_large",
    "The answers of this batch are as large as one can give out, so this call was not begun. Send it in another batch.",
  );

/** Alone its answer would have had more. */
function withLessRoom(error: unknown): unknown {
  if (!(error instanceof HubError) || error.code !== "upstream_too_large") return error;
  const { code, message, details, cause } = error;
  const advice = "The calls of a batch share their room: send fewer at once, or this one alone.";
  return new HubError(code, `${message} ${advice}`, { details: { ...details }, cause });
}

const tooMuch = ({ id, status }: { id: string; status: string }): HubError =>
  new HubError(
    "upstream_too_large",
    `This call ended as ${status}, but the answers of the batch are larger together than the hub gives out at once. Call its tool alone to have its answer.`,
    { details: { executionId: id, status } },
  );
