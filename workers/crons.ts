import { deleteOldAudit } from "./audit";
import { describeError, log } from "./platform/log";
import { clearExpired } from "./teams";

type Job = (env: Env, now: number) => Promise<number>;

/** By cron expression, as wrangler.toml has it: what runs then. */
const jobs: Record<string, Record<string, Job>> = {
  "17 3 * * *": { "audit.deleted": deleteOldAudit, "expired.deleted": clearExpired },
};

/** Each job for itself: what fails today is done tomorrow, and holds up no other. */
export async function scheduled({ cron }: ScheduledController, env: Env): Promise<void> {
  for (const [event, job] of Object.entries(jobs[cron] ?? {})) {
    try {
      log("info", event, { rows: await job(env, Date.now()) });
    } catch (error) {
      log("error", "cron.failed", { job: event, error: describeError(error) });
    }
  }
}
