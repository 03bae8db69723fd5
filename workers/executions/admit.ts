import type { Intent } from "../ledger";
import { limitHeaders, type Admission, type Limit, type LimitState } from "../limits";
import type { Context } from "../platform/context";
import { HubError } from "../platform/errors";
import { connectionPerMinute, personPerMinute } from "../platform/settings";
import type { Admitting, Plan } from "./plan";
import { underwayOf } from "./underway";
import { recordedBody } from "./recorded-body";
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
    startedAt: ctx.now,
  };
  // Outcomes that wait to be told travel along: one hop less for each handful of calls.
  const settlements = takeSettlements(ctx.teamId);
  try {
    return await gate.admit({
      epoch: ctx.epoch,
      executionId,
      limits: limitsOf(ctx, plan),
      timeoutMs: plan.timeoutMs,
      intent: JSON.stringify(intent),
      arguments: recordedBody(JSON.stringify(plan.recorded ?? null)),
      underway: underwayOf(ctx.teamId),
      idempotency: plan.idempotency,
      settlements,
    });
  } catch (error) {
    for (const settlement of settlements) settle(ctx, settlement);
    throw error;
  }
}

function limitsOf(ctx: Context, plan: Plan): Limit[] {
  const limits: Limit[] = [];
  const person = personPerMinute(ctx.env);
  // A machine client is nobody's: it has a limit of its own.
  if (person !== undefined)
    limits.push({ name: "person", subject: ctx.actor.personId ?? ctx.actor.id, limit: person });
  const connection = connectionPerMinute(ctx.env);
  if (connection !== undefined)
    limits.push({ name: "connection", subject: plan.connection.id, limit: connection });
  return limits;
}

export function limited(plan: Plan, exceeded: LimitState): HubError {
  const seconds = Math.ceil(exceeded.resetMs / 1000);
  const whose = exceeded.name === "person" ? "Your" : `The connection ${plan.connection.name}'s`;
  return new HubError(
    "rate_limited",
    `${whose} limit of ${exceeded.limit} calls a minute is used up. Try again in ${seconds} s.`,
    { details: { limit: exceeded, retryAfterSeconds: seconds }, headers: limitHeaders([exceeded]) },
  );
}
