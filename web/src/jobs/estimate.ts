import type { Job } from "../../../shared/contracts/jobs";
import { shareDone } from "../executions/progress";

/** The part that is done by the tool's own word, from 0 to 1; undefined where it does not say. */
export const shareOf = ({ progress }: Pick<Job, "progress">): number | undefined =>
  progress === null
    ? undefined
    : shareDone({ done: progress.progress, total: progress.total, message: undefined });

/** The part to draw: its own word, else as far as the estimate says; never quite whole before the end. */
export function drawnShare(job: Job, now: number): number | undefined {
  const said = shareOf(job);
  if (said !== undefined) return said;
  const { startedAt, estimate } = job;
  if (startedAt === null || estimate === null || estimate.endsAt <= startedAt) return undefined;
  return Math.min(0.95, Math.max(0, (now - startedAt) / (estimate.endsAt - startedAt)));
}

/** When it will probably end: by what it said of itself last, else as the hub reckons. */
export function endsAt(job: Job): number | undefined {
  const share = shareOf(job);
  const { progress, startedAt, estimate, attempts } = job;
  if (share !== undefined && share > 0 && progress && startedAt !== null && attempts <= 1)
    return startedAt + (progress.at - startedAt) / share;
  return estimate?.endsAt;
}
