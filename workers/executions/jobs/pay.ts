import { rulesOf, type Payment } from "../../limits";
import type { Context } from "../../platform/context";
import { HubError } from "../../platform/errors";
import { planTool, type ToolCall } from "../execute";
import { limited } from "../limits/refused";
import { warnOfLimits } from "../limits/warn";
import type { Plan } from "../plan";

const maxRenewals = 5;

export type Paid = {
  ctx: Context;
  plan: Plan;
  payment: Extract<Payment, { kind: "admitted" | "repeated" }>;
};

/**
 * Makes sure that a call is right and may be made, and pays its limits: once, for all attempts of its job. With `once`,
 * whoever repeats the key pays nothing. Throws what a call would throw before its server is asked.
 */
export async function payFor(
  asked: Context,
  call: ToolCall,
  once: { key: string; hash: string; id: string } | undefined,
): Promise<Paid> {
  let ctx = asked;
  for (let renewals = 0; renewals <= maxRenewals; renewals++) {
    const plan = await planTool(ctx, call);
    const rules = await rulesOf(ctx);
    const { connection, toolId, cost } = plan;
    const payment = await ctx.env.TEAM_GATE.getByName(ctx.teamId).spend({
      epoch: ctx.epoch,
      limits: rules.limitsOf({ actor: ctx.actor, connectionId: connection.id, toolId, cost }),
      once,
    });
    switch (payment.kind) {
      case "admitted":
        warnOfLimits(ctx, plan, payment.warnings);
        return { ctx, plan, payment };
      case "repeated":
        return { ctx, plan, payment };
      case "limited":
        warnOfLimits(ctx, plan, payment.warnings);
        throw limited(ctx, { plan, exceeded: payment.exceeded });
      case "stale":
        ctx = await ctx.renew(payment.epoch);
    }
  }
  throw new HubError(
    "unavailable",
    "The team's settings change faster than this job can be made. Try again.",
  );
}
