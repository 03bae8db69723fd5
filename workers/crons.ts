import { deleteOldAudit } from "./audit";
import { clearOrphans, rotateVaults } from "./credentials";
import {
  clearFlows,
  remindOfRotation,
  removeDeparted,
  renewAhead,
  warnOfEnds,
} from "./connections";
import { clearOldNotices, mailNotices } from "./notifications";
import { settleLimitNotices } from "./executions";
import { describeError, log } from "./platform/log";
import { clearExpired } from "./teams";
import { forgetStatements } from "./tools";

type Job = (env: Env, now: number) => Promise<number>;

/** By cron expression, as wrangler.toml has it: what runs then. */
const jobs: Record<string, Record<string, Job>> = {
  "*/5 * * * *": {
    "connections.renewed": renewAhead,
    "connections.warned": warnOfEnds,
    "notices.mailed": (env, now) => mailNotices(env, now),
    "connect_flows.deleted": clearFlows,
    "vault.resealed": rotateVaults,
  },
  "17 3 * * *": {
    "audit.deleted": deleteOldAudit,
    "expired.deleted": clearExpired,
    "vault.orphans_deleted": clearOrphans,
    "connections.reminded": remindOfRotation,
    "connections.departed": (env, now) => removeDeparted(env, now, forgetStatements),
    "notices.deleted": clearOldNotices,
    "limits.notices_settled": settleLimitNotices,
  },
};

/** Each job for itself, side by side: what fails or waits holds up no other, and is done by a later round. */
export async function scheduled(
  { cron, scheduledTime }: ScheduledController,
  env: Env,
): Promise<void> {
  await Promise.all(
    Object.entries(jobs[cron] ?? {}).map(async ([event, job]) => {
      try {
        log("info", event, { rows: await job(env, scheduledTime) });
      } catch (error) {
        log("error", "cron.failed", { job: event, error: describeError(error) });
      }
    }),
  );
}
