import { DurableObject } from "cloudflare:workers";
import type { AttemptEnd } from "../../ledger";
import { logFailure } from "../../platform/background";
import { Cancellation } from "../../platform/cancellation";
import { describeError, log } from "../../platform/log";
import { runJob } from "./run-job";

const comeAgainMs = 2000;

/** The team's runner of this number. */
export const runnerOf = (
  { env, teamId }: { env: Env; teamId: string },
  lane: number,
): DurableObjectStub<JobRunner> => env.JOB_RUNNER.getByName(`${teamId}/${lane}`);

/**
 * One of a team's runners, named `<team>/<number>`: runs attempts of jobs, one at a time and each in an alarm, so that a
 * restart takes it up again and no queue waits for it. The ledger says which job it has, and gives it the next when that
 * has ended; its memory holds the attempt that is under way.
 */
export class JobRunner extends DurableObject<Env> {
  #running: { jobId: string; cancellation: Cancellation } | undefined;
  /** What an attempt came to, until the ledger has heard of it. */
  #untold: { jobId: string; end: AttemptEnd } | undefined;

  /** Any number of times: it looks whether there is something to do. */
  async wake(teamId: string, { lane, jobId }: { lane: number; jobId: string }): Promise<void> {
    if (`${teamId}/${lane}` !== this.ctx.id.name) throw new Error("This is another runner.");
    if (this.#running?.jobId === jobId) return;
    this.ctx.storage.kv.put("job", jobId);
    await this.ctx.storage.setAlarm(Date.now());
  }

  /** The attempt under way ends, if it is one of this job, and its server hears of it. */
  cancel(jobId: string): void {
    if (this.#running?.jobId === jobId) this.#running.cancellation.cancel();
  }

  override async alarm(): Promise<void> {
    const jobId = this.ctx.storage.kv.get<string>("job");
    if (jobId === undefined || this.#running) return;
    const cancellation = new Cancellation();
    this.#running = { jobId, cancellation };
    const [teamId = ""] = (this.ctx.id.name ?? "").split("/");
    const { env } = this;
    const waitUntil = (work: Promise<unknown>) => this.ctx.waitUntil(logFailure(work, { teamId }));
    try {
      const known = this.#untold?.jobId === jobId ? this.#untold.end : undefined;
      const end = known ?? (await runJob({ env, teamId, jobId, cancellation, waitUntil }));
      if (end) {
        this.#untold = { jobId, end };
        await env.TEAM_LEDGER.getByName(teamId).endAttempt(jobId, end);
      }
      this.#untold = undefined;
      // The ledger may have given it the next one by now.
      if (this.ctx.storage.kv.get<string>("job") === jobId) this.ctx.storage.kv.delete("job");
    } catch (error) {
      // Alarms are dropped after six failures: this one never fails, it comes again.
      log("error", "job.interrupted", { teamId, jobId, error: describeError(error) });
      await this.ctx.storage.setAlarm(Date.now() + comeAgainMs);
    } finally {
      this.#running = undefined;
    }
  }
}
