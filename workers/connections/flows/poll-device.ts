import { and, eq, sql } from "drizzle-orm";
import type { Context } from "../../platform/context";
import { connectFlows, type ConnectFlowRow } from "../tables";
import { carryOut } from "./carry-out";
import { FlowFailure } from "./faults";
import { conclude, requireTarget, type Tools } from "./finish";
import { revokeUnused } from "./revoke-unused";
import { claimFlow, readFlow, sameFlow } from "./row";
import { openFlow } from "./sealed";
import { askDevice } from "./vendor";
import { wayTo } from "./way";

/** Longer than a request to a vendor may take: nobody else asks meanwhile. */
const turnMs = 40_000;

/**
 * Asks the vendor whether the person has entered the code (RFC 8628 §3.4), if its interval has passed and nobody else
 * asks; answers with the flow as it is then.
 */
export async function pollDeviceFlow(
  ctx: Context,
  row: ConnectFlowRow,
  tools: Tools,
): Promise<ConnectFlowRow> {
  const { device } = row;
  const waits = row.status === "waiting" && ctx.now < row.expiresAt;
  if (!waits || !device || ctx.now < device.nextPollAt) return row;
  const next = (after: number) => ({ ...device, nextPollAt: ctx.now + after });
  const [turn] = await ctx.db
    .update(connectFlows)
    .set({ device: next(turnMs) })
    .where(
      and(
        sameFlow(row),
        eq(connectFlows.status, "waiting"),
        sql`json_extract(${connectFlows.device}, '$.nextPollAt') = ${device.nextPollAt}`,
      ),
    )
    .returning();
  if (!turn) return row;
  const { manifest, method } = wayTo(row.draft.connector, row.draft.method);
  const secrets = await openFlow(ctx, row);
  const told = await askDevice({ ctx, flow: turn, secrets, manifest, method, tools });
  if (told.status === "pending") {
    const intervalSeconds = device.intervalSeconds + (told.slower ? 5 : 0);
    const later = { ...next(intervalSeconds * 1000), intervalSeconds };
    await ctx.db
      .update(connectFlows)
      .set({ device: later })
      .where(and(sameFlow(row), eq(connectFlows.status, "waiting")));
    return { ...row, device: later };
  }
  const flow = await claimFlow(ctx, row, "waiting");
  if (flow) {
    const claimed = { ctx, flow, secrets, manifest, method, tools };
    const work = carryOut(claimed, async (keep) => {
      if (told.status === "failed") throw new FlowFailure(told.fault.code, told.fault.message);
      keep(told.got);
      await requireTarget(claimed);
      await conclude(claimed, told.got);
    });
    ctx.waitUntil(work);
    await work;
  } else if (told.status === "done") {
    // Somebody cancelled it while the vendor was asked.
    ctx.waitUntil(revokeUnused({ ctx, flow: row, method, state: secrets.state }, told.got));
  }
  return readFlow(ctx, row.id);
}
