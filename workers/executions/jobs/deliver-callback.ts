import type { DueCallback } from "../../ledger";
import { notify } from "../../notifications";
import { HubError } from "../../platform/errors";
import { describeError, log } from "../../platform/log";
import { guardedFetch } from "../../platform/outbound";
import { retryAfterSeconds } from "../../platform/retry-after";
import { outboundPolicy } from "../../platform/settings";
import { actFor } from "../../teams";
import { callbackBody, callbackId } from "./callback-body";
import { afterCallback, type AfterAttempt } from "./callback-schedule";
import { signedHeaders } from "./callback-signature";
import { openCallback } from "./callback";
import { callbackFailed } from "./matters";
import { openResult } from "./sealed";
import { toldBySystem } from "./tell-maker";

type Place = { teamId: string; jobId: string };
type Message = { url: string; headers: Record<string, string>; body: string };

const timeoutMs = 15_000;

/**
 * Tells a job's URL once that the job has ended, where that is due, and notes what came of it. A message that comes
 * twice, or an answer that is lost, can have it told twice, with the same `webhook-id`.
 */
export async function deliverCallback(env: Env, { teamId, jobId }: Place): Promise<void> {
  const ledger = env.TEAM_LEDGER.getByName(teamId);
  const due = await ledger.dueCallback(jobId);
  if (!due) return;
  const message = await compose(env, { teamId, jobId }, due);
  const answered = message && (await post(env, message));
  const now = Date.now();
  const after: AfterAttempt = answered
    ? afterCallback({
        attempt: (due.job.callback?.attempts ?? 0) + 1,
        status: answered.status,
        retryAfterSeconds: retryAfterSeconds(answered.retryAfter, now),
        now,
      })
    : { do: "give up" };
  // Told before it is noted as the last: of a crash in between, people hear all the same.
  if (after.do === "give up")
    await notify(
      toldBySystem(env, teamId),
      callbackFailed(due.job, new URL(due.job.callback?.url ?? "").host),
    );
  await ledger.noteCallback(jobId, {
    finishedAt: due.job.finishedAt,
    status: noted[after.do],
    lastStatus: answered?.status ?? null,
    nextAt: after.do === "again" ? after.at : null,
  });
}

const noted = { delivered: "delivered", again: "pending", "give up": "failed" } as const;

/** Undefined where it does not open: the team's keys were changed since. */
async function compose(
  env: Env,
  { teamId, jobId }: Place,
  { job, sealed, sealedResult, attempts }: DueCallback,
): Promise<Message | undefined> {
  try {
    const { url, secret } = await openCallback({ env, teamId }, jobId, sealed);
    const isGiven = sealedResult !== null && (await mayStillHave(env, teamId, job));
    const answered = isGiven
      ? await openResult({ env, teamId }, jobId, sealedResult)
      : { result: null };
    const body = callbackBody({ job, ...answered, attempts });
    const signed = signedHeaders(secret, { id: callbackId(job), at: Date.now(), body });
    return { url, body, headers: { ...signed, "content-type": "application/json" } };
  } catch (error) {
    // What fails otherwise may not the next time.
    if (!(error instanceof HubError)) throw error;
    log("error", "job_callback.sealed", { teamId, jobId, error: describeError(error) });
    return undefined;
  }
}

/** Whoever asked may have lost their access since: the end is told all the same, and nothing of what came of it. */
async function mayStillHave(
  env: Env,
  teamId: string,
  { actor, requestId, connectionId }: DueCallback["job"],
): Promise<boolean> {
  const asked = { teamId, actor, requestId, secondFactorAt: null, scopes: [] };
  try {
    const { hidden } = await actFor(env, { ...asked, waitUntil: () => undefined });
    return !hidden.has(connectionId);
  } catch (error) {
    if (error instanceof HubError) return false;
    throw error;
  }
}

/** What the receiver says beside its status is nobody's business. A redirect is not followed. */
async function post(
  env: Env,
  { url, headers, body }: Message,
): Promise<{ status: number | null; retryAfter: string | null }> {
  try {
    const response = await guardedFetch({ ...outboundPolicy(env), maxRedirects: 0 }, url, {
      method: "POST",
      headers,
      body,
      timeoutMs,
    });
    await response.body?.cancel();
    return { status: response.status, retryAfter: response.headers.get("retry-after") };
  } catch (error) {
    // The network's own words may hold the URL, and its query a token.
    const code = error instanceof HubError ? error.code : "internal";
    log("info", "job_callback.not_answered", { host: new URL(url).host, code });
    return { status: null, retryAfter: null };
  }
}
