import { newId } from "../../shared/ids";
import { askConnection, noteRecovery } from "../connections";
import type { JsonObject } from "../connectors";
import type { Context } from "../platform/context";
import { withDeadline } from "../platform/deadline";
import { HubError } from "../platform/errors";
import { admit, limited } from "./admit";
import { conclude, fail } from "./conclude";
import { openContinuation, requestHash, type Continuation } from "./continuation";
import { collectNotes } from "./notes";
import type { Admitted, Caller, Executed, Plan } from "./plan";
import { repeat } from "./repeat";
import { requireStillAllowed } from "./still-allowed";
import { countUnderway } from "./underway";

const maxRenewals = 5;

/**
 * The way of every call: admit it and make its intent durable, ask the server, record what became of it. Throws what
 * refused it before the server was asked, or an `upstream_*` error that names the execution.
 */
export async function run(
  asked: Context,
  caller: Caller,
  makePlan: (ctx: Context) => Promise<Plan>,
): Promise<Executed> {
  const work = countUnderway(asked.teamId, () => runAdmitted(asked, caller, makePlan));
  // A caller that hangs up must not take the record along.
  caller.cancellation.onCancel(() => asked.waitUntil(work.catch(() => undefined)));
  return work;
}

async function runAdmitted(
  asked: Context,
  caller: Caller,
  makePlan: (ctx: Context) => Promise<Plan>,
): Promise<Executed> {
  let ctx = asked;
  for (let renewals = 0; renewals <= maxRenewals; renewals++) {
    let plan: Plan;
    try {
      plan = await makePlan(ctx);
    } catch (error) {
      const epoch = await ctx.env.TEAM_GATE.getByName(ctx.teamId).epoch();
      if (epoch === ctx.epoch) throw error;
      // A refusal out of an older memory is none.
      ctx = await ctx.renew(epoch);
      continue;
    }
    const continuation =
      plan.params["requestState"] === undefined
        ? undefined
        : await openContinuation(ctx, plan.params["requestState"], {
            method: plan.method,
            connectionId: plan.connection.id,
            name: plan.name,
            request: requestHash(plan),
          });
    const executionId = continuation?.executionId ?? newId("exe", ctx.now);
    const admission = await admit(ctx, { plan, caller, executionId, continuation });
    switch (admission.kind) {
      case "admitted":
        caller.onAdmitted?.(executionId, admission.limits);
        return ask(ctx, { plan, caller, executionId, continuation, limits: admission.limits });
      case "stale":
        ctx = await ctx.renew(admission.epoch);
        continue;
      case "limited":
        throw limited(plan, admission.exceeded);
      case "repeated":
        if (continuation)
          throw new HubError(
            "invalid_input",
            "requestState: this input was handed in already, or the call has ended. Call anew without it.",
          );
        return repeat(ctx, plan, admission);
    }
  }
  throw new HubError(
    "unavailable",
    "The team's settings change faster than this call can begin. Try again.",
  );
}

async function ask(ctx: Context, admitted: Admitted): Promise<Executed> {
  const { plan, caller, executionId, continuation } = admitted;
  const sent = Date.now();
  const timingSoFar = () => ({ admittedMs: sent - ctx.now, upstreamMs: Date.now() - sent });
  const notes = collectNotes(ctx, executionId);
  let known = ctx;
  let cutOff: unknown;
  try {
    const reply = await withDeadline(
      {
        ms: plan.timeoutMs,
        cancellation: caller.cancellation,
        watch: async () => {
          try {
            known = await requireStillAllowed(known, plan.connection.id);
          } catch (error) {
            cutOff = error;
            throw error;
          }
        },
        sentence: `The server behind ${plan.connection.name} did not answer within ${plan.timeoutMs / 1000} s. Whether the call took effect is not known.`,
      },
      (signal) =>
        askConnection(ctx, plan.connection, {
          method: plan.method,
          params: paramsFor(plan, continuation),
          headers: plan.headers ?? [],
          signal,
          onOpened: (credential) => notes.opened(credential),
          onNotification: (notification) => {
            notes.hear(notification);
            caller.onNotification?.(notification);
          },
        }),
    );
    const timing = timingSoFar();
    noteRecovery(ctx, plan.connection);
    return await conclude(ctx, admitted, { reply, timing, notes: notes.take() });
  } catch (error) {
    const ending = {
      error,
      isCutOff: error === cutOff,
      timing: timingSoFar(),
      notes: notes.take(),
    };
    throw fail(ctx, admitted, ending);
  }
}

/** The server gets back its own state, never ours. */
function paramsFor(plan: Plan, continuation: Continuation | undefined): JsonObject {
  if (!continuation) return plan.params;
  const { requestState: _ours, ...rest } = plan.params;
  const { serverState } = continuation;
  return serverState === undefined ? rest : { ...rest, requestState: serverState };
}
