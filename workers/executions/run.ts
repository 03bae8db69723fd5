import { newId } from "../../shared/ids";
import { askConnection, noteFault, noteRecovery } from "../connections";
import type { JsonObject } from "../connectors";
import { readVendorLimits, type VendorNews } from "../limits";
import type { Context } from "../platform/context";
import { withDeadline } from "../platform/deadline";
import { HubError } from "../platform/errors";
import { inSpan } from "../platform/telemetry";
import { Failures, sendUntilAnswered } from "./attempts";
import { findFresh, findStandIn, type KeptResult } from "./cached-answer";
import { conclude, concludeFromCache, fail } from "./conclude";
import { openContinuation, requestHash, type Continuation } from "./continuation";
import { limited, overloaded } from "./limits/refused";
import { collectNotes } from "./notes";
import type { Admitted, Caller, Executed, Plan } from "./plan";
import { leftAlone } from "./refusals";
import { repeat } from "./repeat";
import { mostAttempts } from "./retry";
import { requireStillAllowed } from "./still-allowed";
import { admitTraced, tracedCaller } from "./traced";
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
  const work = countUnderway(asked.teamId, () =>
    inSpan(asked, "execute", (ctx) => runAdmitted(ctx, tracedCaller(ctx, caller), makePlan)),
  );
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
  let standIn: KeptResult | undefined;
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
    const executionId = continuation?.executionId ?? caller.executionId ?? newId("exe", ctx.now);
    const answer = standIn ?? (plan.caching ? await findFresh(ctx, plan) : undefined);
    const admitting = { plan, caller, executionId, continuation, answer };
    const admission = await admitTraced(ctx, admitting);
    switch (admission.kind) {
      case "admitted": {
        const { limits, probe } = admission;
        caller.onAdmitted?.(executionId, limits);
        return answer
          ? giveKept(ctx, { ...admitting, limits }, { answer, stale: answer === standIn })
          : ask(ctx, { ...admitting, limits, probe });
      }
      case "stale":
        standIn = undefined;
        ctx = await ctx.renew(admission.epoch);
        continue;
      case "limited":
        throw limited(ctx, { plan, exceeded: admission.exceeded });
      case "open":
      case "vendor_limited":
        standIn = plan.caching ? await findStandIn(ctx, plan) : undefined;
        if (standIn) continue;
        throw leftAlone(plan, admission);
      case "shed":
        throw overloaded(admission.retryAfterMs);
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
  const notes = collectNotes(ctx, executionId, plan.keep);
  const failures = new Failures();
  let vendor: VendorNews | undefined;
  let known = ctx;
  let cutOff: unknown;
  try {
    const reply = await withDeadline(
      {
        ms: plan.timeoutMs,
        cancellation: caller.cancellation,
        watch: async () => {
          try {
            known = await requireStillAllowed(known, {
              executionId,
              connectionId: plan.connection.id,
            });
          } catch (error) {
            cutOff = error;
            throw error;
          }
        },
        sentence: `The server behind ${plan.connection.name} did not answer within ${plan.timeoutMs / 1000} s. Whether the call took effect is not known.`,
      },
      (signal) =>
        sendUntilAnswered(
          {
            safe: mayRepeat(admitted),
            most: mostAttempts,
            deadline: sent + plan.timeoutMs,
            signal,
            onRetry: (failed) => notes.retried(failed),
          },
          failures,
          () =>
            askConnection(ctx, plan.connection, {
              method: plan.method,
              params: paramsFor(plan, continuation),
              headers: plan.headers ?? [],
              signal,
              mostBytes: caller.mostBytes,
              onOpened: (credential) => notes.opened(credential),
              onAsking: (whom) => failures.asking(whom),
              onAnswer: (answer) => {
                vendor = readVendorLimits(answer, Date.now()) ?? vendor;
              },
              onNotification: (notification) => {
                notes.hear(notification);
                caller.onNotification?.(notification);
              },
            }),
        ),
    );
    const timing = timingSoFar();
    noteRecovery(ctx, plan.connection);
    const report = { failures: failures.count, vendor };
    const takeNotes = () => notes.take();
    return await conclude(ctx, admitted, { reply, timing, takeNotes, report });
  } catch (error) {
    const saysNothing = plan.hurried === true && isOwnTimeout(error);
    if (!saysNothing) failures.add(error);
    const verdict = saysNothing ? undefined : failures.verdict(error);
    const heard = {
      timing: timingSoFar(),
      report: { verdict, failures: failures.count, vendor },
    };
    const standIn = verdict === "fails" ? await findStandIn(ctx, plan) : undefined;
    if (standIn) {
      if (error instanceof HubError) noteFault(ctx, plan.connection, error);
      const kept = { answer: standIn, stale: true, notes: notes.take() };
      return concludeFromCache(ctx, admitted, { ...heard, ...kept });
    }
    throw fail(ctx, admitted, { ...heard, error, isCutOff: error === cutOff, notes: notes.take() });
  }
}

/** Our own time limit ended it: the server itself said nothing. */
function isOwnTimeout(error: unknown): boolean {
  if (!(error instanceof HubError) || error.code !== "upstream_timeout") return false;
  return error.details?.["upstreamStatus"] === undefined;
}

/** A round that brings what was asked for is sent once, and so is a probe. A job's attempts are its own. */
function mayRepeat({ plan, caller, continuation, probe }: Admitted): boolean {
  if (!plan.runsAgain || probe || caller.surface === "job") return false;
  return continuation === undefined && plan.params["inputResponses"] === undefined;
}

function giveKept(
  ctx: Context,
  admitted: Admitted,
  given: { answer: KeptResult; stale: boolean },
): Promise<Executed> {
  const timing = { admittedMs: Date.now() - ctx.now, upstreamMs: null };
  return concludeFromCache(ctx, admitted, { ...given, timing, notes: [], report: {} });
}

/** The server gets back its own state, never ours. */
function paramsFor(plan: Plan, continuation: Continuation | undefined): JsonObject {
  if (!continuation) return plan.params;
  const { requestState: _ours, ...rest } = plan.params;
  const { serverState } = continuation;
  return serverState === undefined ? rest : { ...rest, requestState: serverState };
}
