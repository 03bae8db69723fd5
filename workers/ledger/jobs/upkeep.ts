import { lowestIdAt } from "../../../shared/ids";
import type { Plan } from "../../../shared/plans";
import { describeError, log } from "../../platform/log";
import type { Due } from "../due";
import { isOver } from "./records";
import type { JobRows } from "./rows";

const mostAtOnce = 100;
export const lookEveryMs = 30_000;
export const retainEveryMs = 86_400_000;
const dayMs = 86_400_000;
const mostRetained = 500;

/** What is due for one job by itself. */
const kinds = ["job.forget", "job.callback", "job.notify"];

/** Nothing of it is due any more. */
export function clearDue(due: Due, jobId: string): void {
  for (const kind of kinds) due.clear(kind, jobId);
}

export type Lent = {
  storage: DurableObjectStorage;
  rows: JobRows;
  due: Due;
  jobsAtOnce: () => number;
  removeEvents: (jobIds: readonly string[]) => void;
  /** As it is now; null for a team that nobody knows. */
  plan: () => Promise<Plan | null>;
  /** Sends wake-ups for these jobs. */
  wake: (jobIds: readonly string[]) => Promise<void>;
};

/** What the ledger's alarm does for the jobs of a team. */
export function openJobUpkeep(lent: Lent) {
  const { storage, rows, due, jobsAtOnce, removeEvents, plan, wake } = lent;
  let planReadAt = 0;
  return {
    /** Wakes what has a slot, and what should have told its end; answers when to look again. */
    async look(now: number): Promise<number | undefined> {
      if (now - planReadAt >= lookEveryMs) await learnPlan(now);
      const free = Math.min(mostAtOnce, Math.max(0, jobsAtOnce() - rows.lanesTaken()));
      const given = [...rows.overdue({ by: now, limit: mostAtOnce }), ...rows.notBegun()];
      const next = rows.next({ by: now, limit: Math.max(1, free) });
      await wake([...given, ...next.slice(0, free)].slice(0, mostAtOnce));
      const soon = given.length + next.length > 0 ? now + lookEveryMs : Infinity;
      const again = Math.min(soon, rows.nextDueAfter(now) ?? Infinity);
      return again === Infinity ? undefined : again;
    },

    /** Deletes some of those that ended and are older than the plan keeps; answers when to go on. */
    async retain(now: number): Promise<number | undefined> {
      const current = await plan();
      if (current === null || rows.isEmpty()) return undefined;
      const oldest = lowestIdAt("job", now - current.keptDays * dayMs);
      const old = rows.endedBefore(oldest, mostRetained);
      storage.transactionSync(() => {
        rows.remove(old);
        removeEvents(old);
        for (const id of old) clearDue(due, id);
      });
      return old.length === mostRetained ? now : now + retainEveryMs;
    },

    /** Its time is over: what was kept of it for a while goes. */
    forget(id: string): undefined {
      const job = rows.find(id);
      if (!job || !isOver(job.status)) return;
      rows.dropBodies(id);
      // What is still to be told needs to know where.
      if (job.state.callback?.status !== "pending") rows.dropCallback(id);
    },
  };

  /** Each new job brings how many may run at once; between them the plan may become another. */
  async function learnPlan(now: number): Promise<void> {
    planReadAt = now;
    try {
      const current = await plan();
      if (current) storage.kv.put("jobs_at_once", current.jobsAtOnce);
    } catch (error) {
      log("warn", "jobs.plan_not_read", { error: describeError(error) });
    }
  }
}
