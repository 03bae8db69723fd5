import type { ExecutionDetail } from "../../../shared/contracts/executions";
import { newId } from "../../../shared/ids";
import { isErrorCode, type ErrorCode } from "../../../shared/errors";
import { metaKey } from "../../connectors";
import type { Asked, AttemptEnd, Claim } from "../../ledger";
import type { Cancellation } from "../../platform/cancellation";
import type { Context } from "../../platform/context";
import { HubError } from "../../platform/errors";
import { toHubError } from "../../platform/error-response";
import { maskText } from "../../platform/mask";
import { actFor } from "../../teams";
import { findTool } from "../../tools";
import { execute } from "../execute";
import { openAnswer } from "../kept-answer";
import type { Executed } from "../plan";
import { mayPass } from "../retry";
import { inAttemptTrace } from "../traced";
import { afterAttempt, type Ended } from "./rule";
import { openRequest, sealAnswered } from "./sealed";

/** Where a job runs: in the object that is its runner. */
export type Place = {
  env: Env;
  teamId: string;
  jobId: string;
  cancellation: Cancellation;
  waitUntil: (work: Promise<unknown>) => void;
};
type Open = Extract<Claim, { kind: "open" }>;
type Begun = Extract<Claim, { kind: "begin" }>;
type Came = Omit<Ended, "tries" | "cancelRequested" | "now" | "random"> & {
  error: AttemptEnd["error"];
  sealedResult: string | null;
};

const ledgerOf = ({ env, teamId }: Place) => env.TEAM_LEDGER.getByName(teamId);

/**
 * Runs the job's next attempt, where it is its time, or finds out what became of one that was cut off. Answers what is
 * to be told to the ledger; undefined where there is nothing to do. It asks a server at most once.
 */
export async function runJob(place: Place): Promise<AttemptEnd | undefined> {
  const executionId = newId("exe");
  const claim = await ledgerOf(place).claimJob(place.jobId, executionId);
  switch (claim.kind) {
    case "over":
    case "wait":
      return undefined;
    case "begin":
      return endOf(claim, await attempt(place, claim, executionId));
    case "open":
      return endOf(claim, await recover(place, claim));
  }
}

function endOf(claim: Open | Begun, came: Came): AttemptEnd {
  const { status, error, sealedResult } = came;
  const cancelRequested = claim.kind === "open" && claim.cancelRequested;
  const { attempt, tries } = claim;
  const now = Date.now();
  const next = afterAttempt({ ...came, tries, cancelRequested, now, random: Math.random() });
  return { attempt, status, error, next, sealedResult };
}

/** One call of the tool, as whoever asked for the job and as they are now. */
async function attempt(place: Place, claim: Begun, executionId: string): Promise<Came> {
  const { jobId, cancellation } = place;
  const { asked, sealedRequest } = claim;
  let safe = false;
  let executed: Executed;
  let ctx: Context;
  try {
    ctx = await contextOf(place, asked);
    const request = await openRequest(ctx, jobId, sealedRequest);
    executed = await inAttemptTrace(ctx, asked.context, (traced) =>
      execute(
        traced,
        {
          surface: "job",
          paid: true,
          cancellation,
          executionId,
          context: { ...asked.context, jobId, attempt: claim.attempt },
        },
        {
          tool: () => ({ id: asked.toolId }),
          arguments: request,
          extra: { _meta: { progressToken: executionId, [metaKey.logLevel]: "info" } },
          idempotencyKey: null,
          timeoutMs: asked.timeoutMs,
          inspect: ({ runsAgain }) => {
            safe = runsAgain;
          },
        },
      ),
    );
  } catch (error) {
    return { ...failed(error), safe };
  }
  const { outcome, execution, cached } = executed;
  const status = execution.status === "succeeded" ? "succeeded" : "failed";
  const ended = { status, mayPass: false, retryAfterMs: null, safe } as const;
  if (outcome.kind === "error") {
    const message = `The server answered with the JSON-RPC error ${outcome.error.code}.`;
    const error = { code: "upstream_error", message };
    const sealedResult = await sealAnswered(ctx, jobId, { error: JSON.stringify(outcome.error) });
    return { ...ended, code: "upstream_error", error, sealedResult };
  }
  const sealedResult = await sealAnswered(ctx, jobId, { result: outcome.text, cached });
  if (status === "succeeded") return { ...ended, code: null, error: null, sealedResult };
  const error = { code: "tool_error", message: "The tool answered with an error." };
  return { ...ended, code: "tool_error", error, sealedResult };
}

const contextOf = (
  { env, teamId, waitUntil }: Place,
  { actor, requestId, secondFactorAt }: Asked,
): Promise<Context> =>
  actFor(env, { teamId, actor, requestId, secondFactorAt, scopes: ["tools.call"], waitUntil });

function failed(thrown: unknown): Omit<Came, "safe"> {
  const error = toHubError(thrown);
  const { code, message, details } = error;
  const seconds = details?.["retryAfterSeconds"];
  return {
    status: details?.["executionId"] === undefined ? null : statusOf(code),
    code,
    mayPass: mayPass(error),
    retryAfterMs: typeof seconds === "number" ? seconds * 1000 : null,
    error: { code, message: maskText(message, "all") },
    sealedResult: null,
  };
}

function statusOf(code: ErrorCode): "cancelled" | "timed_out" | "failed" {
  if (code === "upstream_timeout") return "timed_out";
  return cutOff.has(code) ? "cancelled" : "failed";
}

/** An execution ends as cancelled too where its caller may not call any more. */
const cutOff: ReadonlySet<ErrorCode> = new Set([
  "cancelled",
  "unauthorized",
  "no_team",
  "forbidden",
  "not_found",
]);

/** Whoever ran the attempt is gone: what the gate and the ledger know of its call is what became of it. */
async function recover(place: Place, { executionId, asked }: Open): Promise<Came> {
  const { env, teamId, jobId } = place;
  await env.TEAM_GATE.getByName(teamId).giveUp(executionId);
  const json = await ledgerOf(place).get(executionId);
  const execution = json === null ? undefined : (JSON.parse(json) as ExecutionDetail);
  if (execution?.status === "running") throw new Error("The ledger has not heard of its end yet.");
  const nothing = { mayPass: false, retryAfterMs: null, sealedResult: null };
  if (!execution) {
    const message = "The hub was interrupted before the server was asked.";
    const error = { code: "unavailable", message } as const;
    return { ...nothing, status: null, code: error.code, error, safe: false };
  }
  const { status, error, result } = execution;
  const code = isErrorCode(error?.code) ? error.code : null;
  // A result, or an error of JSON-RPC.
  const isAnswered = code === null || code === "upstream_error";
  const answer = isAnswered ? await openAnswer({ env, teamId }, executionId) : undefined;
  // What the record hides is not given out as the result.
  const isWhole = isAnswered && result && !result.truncated && !result.masked;
  const whole = answer?.answer ?? (isWhole ? JSON.stringify(result.json) : undefined);
  const sealedResult =
    whole === undefined
      ? null
      : await sealAnswered(
          place,
          jobId,
          code === null ? { result: whole, cached: answer?.cached } : { error: whole },
        );
  const safe = status !== "succeeded" && (await isSafe(place, asked));
  return { ...nothing, status, code, error, safe, sealedResult };
}

async function isSafe(place: Place, asked: Asked): Promise<boolean> {
  try {
    const ctx = await contextOf(place, asked);
    return (await findTool(ctx, { id: asked.toolId })).runsAgain;
  } catch (error) {
    // It is not there for whoever asked any more.
    if (error instanceof HubError) return false;
    throw error;
  }
}
