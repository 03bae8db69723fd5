import { isErrorCode } from "../../shared/errors";
import type { ExecutionContext } from "../../shared/contracts/executions";
import type { CreateJob, Job } from "../../shared/contracts/jobs";
import type { JsonObject } from "../connectors";
import type { JobRead } from "../ledger";
import type { LimitState } from "../limits";
import type { Context } from "../platform/context";
import { HubError } from "../platform/errors";
import { confirm } from "../teams";
import { createJob } from "./jobs/create";
import { openAnswered } from "./jobs/sealed";
import type { Executed } from "./plan";

/** How long one question at the ledger waits: it is asked again while the caller is there. */
const sliceMs = 20_000;

type Asked = Pick<CreateJob, "toolId" | "timeoutMs"> & {
  arguments: JsonObject;
  idempotencyKey: string | null;
  context?: ExecutionContext;
  /** For how long the caller waits for its end. */
  waitMs: number;
  /** The caller hung up: the job goes on. */
  gone: AbortSignal;
};

/** A call that runs as a job: its answer where it ended in time, else the job, which goes on. */
export type Later =
  | { kind: "ended"; executed: Executed }
  | { kind: "goes on"; job: Job; limits: LimitState[] };

/** Throws what a job's creation throws, and what a call throws where the job ended without a result. */
export async function callLater(ctx: Context, asked: Asked): Promise<Later> {
  const { idempotencyKey, context, waitMs, gone, ...call } = asked;
  const { job, limits } = await createJob(
    // A call is checked for freshness when it is admitted: this one is not.
    await confirm(ctx),
    { ...call, notify: false, resultSeconds: 86_400 },
    { idempotencyKey, isCall: true, ...(context && { context }) },
  );
  const until = Date.now() + waitMs;
  let read: JobRead | null = null;
  for (let left = waitMs; left > 0 && !gone.aborted; left = until - Date.now()) {
    read = await ctx.env.TEAM_LEDGER.getByName(ctx.teamId).waitForJob(
      job.id,
      Math.min(left, sliceMs),
    );
    if (read === null || read.job.finishedAt !== null) break;
  }
  if (!read || read.job.finishedAt === null)
    return { kind: "goes on", job: read?.job ?? job, limits };
  return { kind: "ended", executed: await executedOf(ctx, read, limits) };
}

/** The end of a job as the answer of a call. Throws where its server gave none. */
async function executedOf(
  ctx: Context,
  { job, sealedResult }: JobRead,
  limits: LimitState[],
): Promise<Executed> {
  const { id, status, executionId, error } = job;
  if (sealedResult === null)
    throw new HubError(
      isErrorCode(error?.code) ? error.code : "upstream_error",
      error?.message ?? `The job that ran this call ended as ${status}.`,
      {
        details: {
          jobId: id,
          connection: job.connectionSlug,
          ...(executionId === null ? {} : { executionId }),
        },
      },
    );
  const durationMs = (job.finishedAt ?? job.createdAt) - job.createdAt;
  return {
    execution: {
      id: executionId ?? "",
      status: status === "queued" ? "running" : status,
      durationMs,
    },
    ...(await openAnswered(ctx, id, sealedResult)),
    limits,
  };
}
