import type { Job } from "../../../shared/contracts/jobs";
import { useSecond } from "../executions/use-second";
import { plainLine } from "../ui/foreign";
import { formatSeconds } from "../ui/time";
import { jobs as say } from "../words/jobs";
import { drawnShare, endsAt, shareOf } from "./estimate";
import { hasEnded } from "./filters";

const text = say.progress;

/** How far a job is and when it will probably end; of one that went wrong, by which error. */
export function JobProgress({ job }: { job: Job }) {
  if (hasEnded(job))
    return job.error ? (
      <code className="block min-w-0 truncate text-xs text-danger">
        {plainLine(job.error.code, 40)}
      </code>
    ) : null;
  return job.status === "queued" ? <Waits job={job} /> : <Runs job={job} />;
}

const line = "min-w-0 truncate text-[0.8125rem] text-muted tabular-nums";

function Waits({ job }: { job: Job }) {
  return <p className={line}>{waitsFor(job, useSecond())}</p>;
}

export function waitsFor({ cancelRequestedAt, nextAttemptAt }: Job, now: number): string {
  if (cancelRequestedAt !== null) return text.cancelling;
  if (nextAttemptAt === null) return text.waits;
  const left = nextAttemptAt - now;
  return left < 1000 ? text.againNow : text.again(formatSeconds(left));
}

function Runs({ job }: { job: Job }) {
  const now = useSecond();
  const share = drawnShare(job, now);
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <p className={line}>{saidOf(job, now)}</p>
      <ProgressBar share={share} />
    </div>
  );
}

export const ProgressBar = ({ share }: { share: number | undefined }) => (
  <span aria-hidden className="block h-1.5 w-full overflow-hidden rounded-full bg-line">
    {share === undefined ? null : (
      <span className="block h-full rounded-full bg-accent" style={{ width: `${share * 100}%` }} />
    )}
  </span>
);

/** "42 % · about 20 s left", as far as it is known. */
export function saidOf(job: Job, now: number): string {
  if (job.cancelRequestedAt !== null) return text.cancelling;
  const share = shareOf(job);
  const ends = endsAt(job);
  const far =
    share !== undefined
      ? text.percent(share)
      : job.progress
        ? text.step(job.progress.progress)
        : undefined;
  const left = ends === undefined ? undefined : leftOf(ends - now, share);
  return [far, left].filter((part) => part !== undefined).join(" · ") || text.runs;
}

/** Of one that is late nothing is said, but that it should be there soon where it is nearly done. */
function leftOf(ms: number, share: number | undefined): string | undefined {
  if (ms >= 1500) return text.left(formatSeconds(ms));
  return share === undefined || share >= 0.9 ? text.soon : undefined;
}
