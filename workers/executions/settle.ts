import { tellOfServers } from "../connections";
import type { Settlement } from "../limits";
import type { Context } from "../platform/context";
import { describeError, log } from "../platform/log";

const gatherMs = 5;
const maxTries = 5;

/** Outcomes on their way to the gate, by team. Plain data: any request of the isolate may carry those of others. */
const waiting = new Map<string, Settlement[]>();

/** Tells the gate what became of a call, a few milliseconds later and together with the outcomes of others. */
export function settle(ctx: Context, settlement: Settlement): void {
  const gathered = waiting.get(ctx.teamId);
  if (gathered) {
    gathered.push(settlement);
    return;
  }
  waiting.set(ctx.teamId, [settlement]);
  ctx.waitUntil(send(ctx));
}

/** What waits now, for whoever goes to the gate anyway; what comes later still goes by itself. */
export function takeSettlements(teamId: string): Settlement[] {
  return waiting.get(teamId)?.splice(0) ?? [];
}

async function send(ctx: Context): Promise<void> {
  await scheduler.wait(gatherMs);
  const settlements = waiting.get(ctx.teamId) ?? [];
  waiting.delete(ctx.teamId);
  if (settlements.length === 0) return;
  for (let attempt = 1; ; attempt++) {
    try {
      const news = await ctx.env.TEAM_GATE.getByName(ctx.teamId).settle(settlements);
      tellOfServers(ctx, news);
      return;
    } catch (error) {
      if (attempt === maxTries) {
        // The gate's alarm closes them as lost.
        log("error", "gate.settle_failed", {
          teamId: ctx.teamId,
          calls: settlements.length,
          error: describeError(error),
        });
        return;
      }
      await scheduler.wait(50 * 2 ** attempt);
    }
  }
}
