import type { Job } from "../../../shared/contracts/jobs";
import { useSecond } from "../executions/use-second";
import { plainLine } from "../ui/foreign";
import { Panel } from "../ui/page";
import { clockTime } from "../ui/time";
import { jobs as say } from "../words/jobs";
import { drawnShare, endsAt, shareOf } from "./estimate";
import { ProgressBar, saidOf, waitsFor } from "./job-progress";

const { detail: text } = say;

/** How far a job is that has not ended: what it waits for, or what it says of itself. */
export function JobNow({ job }: { job: Job }) {
  const now = useSecond();
  const isQueued = job.status === "queued";
  const share = isQueued ? undefined : drawnShare(job, now);
  const said = shareOf(job);
  const ends = isQueued ? undefined : endsAt(job);
  const message = isQueued ? undefined : job.progress?.message;
  return (
    <Panel className="flex flex-col gap-2 p-4">
      <p className="font-medium tabular-nums">{isQueued ? waitsFor(job, now) : saidOf(job, now)}</p>
      {isQueued && job.error ? (
        <p className="text-sm text-muted wrap-anywhere">
          {text.lastError} {job.error.message}
        </p>
      ) : null}
      {message ? (
        <p className="text-sm text-muted wrap-anywhere">
          <bdi>{plainLine(message, 200)}</bdi>
        </p>
      ) : null}
      {isQueued ? null : <ProgressBar share={share} />}
      {ends === undefined || ends <= now ? null : (
        <p className="text-[0.8125rem] text-muted">
          {text.endsAt} {clockTime(ends)},{" "}
          {text.estimate[said === undefined ? "history" : "progress"]}
        </p>
      )}
    </Panel>
  );
}
