import { tellOfServers } from "../connections";
import type { Intent } from "../ledger";
import { rulesOf, type Admission } from "../limits";
import type { Context } from "../platform/context";
import { warnOfLimits } from "./limits/warn";
import type { Admitting } from "./plan";
import { underwayOf } from "./underway";
import { recordedArguments } from "./recorded-body";
import { settle, takeSettlements } from "./settle";

/** The one hop before the server is asked: limits, freshness, and the durable intent. */
export async function admit(ctx: Context, admitting: Admitting): Promise<Admission> {
  const { plan, caller, executionId, continuation } = admitting;
  const gate = ctx.env.TEAM_GATE.getByName(ctx.teamId);
  if (continuation)
    return gate.resume(executionId, {
      epoch: ctx.epoch,
      round: continuation.round,
      timeoutMs: plan.timeoutMs,
    });
  const { kind, id, personId } = ctx.actor;
  const intent: Intent = {
    method: plan.method,
    surface: caller.surface,
    toolId: plan.toolId,
    name: plan.name,
    connectionId: plan.connection.id,
    connectionSlug: plan.connection.slug,
    actor: { kind, id, personId },
    requestId: ctx.requestId,
    context: caller.context ?? {},
    startedAt: ctx.now,
  };
  const rules = await rulesOf(ctx);
  // Outcomes that wait to be told travel along: one hop less for each handful of calls.
  const settlements = takeSettlements(ctx.teamId);
  try {
    const admission = await gate.admit({
      epoch: ctx.epoch,
      executionId,
      connectionId: admitting.answer ? null : plan.connection.id,
      limits: caller.paid
        ? []
        : rules.limitsOf({
            actor: ctx.actor,
            connectionId: plan.connection.id,
            toolId: plan.toolId,
            cost: plan.cost,
          }),
      inFlight: rules.plan.inFlight,
      timeoutMs: plan.timeoutMs,
      intent: JSON.stringify(intent),
      arguments: recordedArguments(plan),
      underway: underwayOf(ctx.teamId),
      idempotency: plan.idempotency,
      settlements,
    });
    if (admission.news) tellOfServers(ctx, admission.news);
    if (admission.kind === "admitted" || admission.kind === "limited")
      warnOfLimits(ctx, plan, admission.warnings);
    return admission;
  } catch (error) {
    for (const settlement of settlements) settle(ctx, settlement);
    throw error;
  }
}
