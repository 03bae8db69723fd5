import { describeError, log } from "../../platform/log";
import { AboutJob } from "./messages";
import { runnerOf } from "./runner.object";

/** Wakes the runners of these jobs, and waits for none. What is no message of ours ends among the dead letters. */
export async function handleJobs(batch: MessageBatch, env: Env): Promise<void> {
  await Promise.all(batch.messages.map((message) => wake(env, message)));
}

async function wake(env: Env, message: Message): Promise<void> {
  try {
    const { teamId, jobId } = AboutJob.parse(message.body);
    const lane = await env.TEAM_LEDGER.getByName(teamId).laneFor(jobId);
    if (lane === undefined) throw new Error("The team has no such job.");
    if (lane !== null) await runnerOf({ env, teamId }, lane).wake(teamId, { lane, jobId });
    message.ack();
  } catch (error) {
    log("warn", "job.not_woken", { attempts: message.attempts, error: describeError(error) });
    message.retry();
  }
}
