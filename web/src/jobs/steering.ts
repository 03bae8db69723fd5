import type { Job } from "../../../shared/contracts/jobs";
import type { Permission } from "../../../shared/roles";
import { hasEnded } from "./filters";

type Reader = { personId: string; permissions: readonly Permission[] };

/** Whoever may run tools may steer what they began; that of others asks for a permission of its own. */
const maySteer = ({ actor }: Job, { personId, permissions }: Reader): boolean =>
  permissions.includes(
    actor.personId === personId || actor.id === personId ? "tools.call" : "executions.manage",
  );

export const mayCancel = (job: Job, reader: Reader): boolean =>
  !hasEnded(job) && job.cancelRequestedAt === null && maySteer(job, reader);

/** What succeeded is not run again, and what is no longer kept cannot be. */
export const mayRetry = (job: Job, reader: Reader, now: number): boolean =>
  hasEnded(job) &&
  job.status !== "succeeded" &&
  job.resultUntil !== null &&
  job.resultUntil > now &&
  maySteer(job, reader);
