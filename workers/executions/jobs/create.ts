import type { CreatedJob, CreateJob } from "../../../shared/contracts/jobs";
import type { ExecutionContext } from "../../../shared/contracts/executions";
import { newId } from "../../../shared/ids";
import type { Asked } from "../../ledger";
import { planOf, type LimitState } from "../../limits";
import type { Context } from "../../platform/context";
import { canonicalJson } from "../../platform/canonical-json";
import { sha256Hex } from "../../platform/encoding";
import { HubError } from "../../platform/errors";
import type { ToolCall } from "../execute";
import type { Plan } from "../plan";
import { recordedArguments } from "../recorded-body";
import { openCallback, prepareCallback } from "./callback";
import { payFor } from "./pay";
import { sealRequest } from "./sealed";
import { tracedContext } from "../traced";
import { wakeJobs } from "./wake";

const leastTimeoutMs = 600_000;
const mostTimeoutMs = 840_000;

export type Creating = {
  idempotencyKey: string | null;
  /** The key is that of a call, which may have been made as one before: it never runs as both. */
  isCall?: boolean;
  /** In the course of what it was asked for. */
  context?: ExecutionContext;
};
export type Created = { job: CreatedJob; limits: LimitState[] };

/**
 * Makes a job of a call: checked, authorised and limited now as the call would be, run later. Its row is on disk before
 * this answers; what wakes it may be lost. Throws what refuses a call, `outbound_refused` for a callback URL that may
 * not be called, `idempotency_mismatch`, `overloaded` where too many of the team wait, or what
 * is kept of them fills its ledger.
 */
export async function createJob(
  asked: Context,
  input: CreateJob,
  { idempotencyKey, isCall = false, context = {} }: Creating,
): Promise<Created> {
  const { toolId, arguments: args } = input;
  const call: ToolCall = {
    tool: () => ({ id: toolId }),
    arguments: args,
    extra: {},
    idempotencyKey: null,
  };
  const newJobId = newId("job", asked.now);
  let target = await prepareCallback(asked, newJobId, input.callback);
  const once =
    idempotencyKey === null
      ? undefined
      : {
          key: `${isCall ? "" : "job/"}${asked.actor.id}/${idempotencyKey}`,
          hash: await sha256Hex(canonicalJson({ ...input, resumes: context.resumes ?? null })),
          id: newJobId,
        };
  const { ctx, plan, payment } = await payFor(asked, call, once);
  const ledger = ctx.env.TEAM_LEDGER.getByName(ctx.teamId);
  const limits = payment.kind === "admitted" ? payment.limits : [];
  const id = payment.kind === "repeated" ? payment.executionId : newJobId;
  if (payment.kind === "repeated") {
    if (!payment.sameRequest)
      throw new HubError(
        "idempotency_mismatch",
        isCall
          ? "This Idempotency-Key was used for another call, or for this one with other wishes for its answer. Repeat that as it was, or use a new key for a new call."
          : "This Idempotency-Key was used for another job. Use a new key for a new job.",
        { details: id.startsWith("job_") ? { jobId: id } : { executionId: id } },
      );
    const first = await ledger.getJob(id);
    if (first) return { job: { ...first.job, ...(await madeSecret(ctx, id, input)) }, limits };
    // It was paid, and then something failed: it is made now.
    target = await prepareCallback(ctx, id, input.callback);
  }
  const job = await ledger.createJob(ctx.teamId, {
    id,
    asked: askedOf(ctx, input, { plan, context }),
    recorded: recordedArguments(plan),
    sealedRequest: await sealRequest(ctx, id, args),
    callback: target.callback,
    jobsAtOnce: (await planOf(ctx)).jobsAtOnce,
  });
  if (job === "crowded" || job === "full") throw noJob(job);
  await wakeJobs(ctx, [id]);
  const { secret: callbackSecret } = target;
  return { job: callbackSecret === undefined ? job : { ...job, callbackSecret }, limits };
}

/** What was made for whoever lost the answer that said it; nothing where they gave their own, or it is kept no longer. */
async function madeSecret(
  ctx: Context,
  id: string,
  { callback }: CreateJob,
): Promise<Pick<CreatedJob, "callbackSecret">> {
  if (!callback || callback.secret !== undefined) return {};
  const sealed = await ctx.env.TEAM_LEDGER.getByName(ctx.teamId).sealedCallback(id);
  return sealed === null ? {} : { callbackSecret: (await openCallback(ctx, id, sealed)).secret };
}

const refusals = {
  crowded: { says: "As many jobs of the team wait as can.", waitSeconds: 60 },
  full: {
    says: "What is kept of the team's jobs and calls fills its ledger. Wait until results lapse, and give later jobs fewer resultSeconds.",
    waitSeconds: 600,
  },
};

function noJob(why: keyof typeof refusals): HubError {
  const { says, waitSeconds } = refusals[why];
  return new HubError(
    "overloaded",
    `${says} Try again in ${waitSeconds} s with the same Idempotency-Key: then it costs nothing more.`,
    {
      details: { retryAfterSeconds: waitSeconds },
      headers: { "retry-after": String(waitSeconds) },
    },
  );
}

function askedOf(
  ctx: Context,
  input: CreateJob,
  { plan, context }: { plan: Plan; context: ExecutionContext },
): Asked {
  const { kind, id, personId } = ctx.actor;
  const { connection } = plan;
  return {
    toolId: input.toolId,
    name: plan.name,
    connectionId: connection.id,
    connectionSlug: connection.slug,
    actor: { kind, id, personId },
    requestId: ctx.requestId,
    context: tracedContext(ctx, context),
    createdAt: ctx.now,
    timeoutMs: input.timeoutMs ?? Math.min(Math.max(plan.timeoutMs, leastTimeoutMs), mostTimeoutMs),
    notify: input.notify,
    resultSeconds: input.resultSeconds,
    secondFactorAt: ctx.secondFactorAt,
  };
}
