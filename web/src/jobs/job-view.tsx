import { useQuery, useQueryClient } from "@tanstack/react-query";
import { RotateCw, Square } from "lucide-react";
import type { JobDetail } from "../../../shared/contracts/jobs";
import { DetailSection } from "../executions/detail-section";
import { ExecutionError } from "../executions/execution-error";
import { Body, CopyBody } from "../executions/recorded-body";
import { useNames } from "../executions/use-names";
import { queryKeys } from "../query-keys";
import { meQuery } from "../shell/queries";
import { Button } from "../ui/button";
import { CopyTextButton } from "../ui/copy-button";
import { formatDuration } from "../ui/time";
import { jobs as say } from "../words/jobs";
import { hasEnded } from "./filters";
import { JobEvents } from "./job-events";
import { JobFacts } from "./job-facts";
import { JobNow } from "./job-now";
import { JobResult } from "./job-result";
import { JobStatusBadge } from "./job-status";
import { useJobEvents } from "./use-job";
import { useSteering } from "./use-steering";
import { Waterfall } from "./waterfall-chart";

const text = say.detail;
const icon = "size-4";

const curlOf = ({ id }: JobDetail) => `curl ${location.origin}/api/v1/jobs/${id} \\
  -H "Authorization: Bearer $PLUGBOARD_API_KEY"`;

/** All that is known of a job. */
export function JobView({ job }: { job: JobDetail }) {
  const names = useNames();
  const { data: me } = useQuery(meQuery);
  const queries = useQueryClient();
  const steering = useSteering(
    () => void queries.invalidateQueries({ queryKey: [...queryKeys.jobs, "events", job.id] }),
  );
  const log = useJobEvents(job.id);
  const isOwn = job.actor.personId === me?.person.id || job.actor.id === me?.person.id;
  const { startedAt, finishedAt, status } = job;
  const ended = hasEnded(job);
  return (
    <div className="@container flex min-w-0 flex-col gap-6">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="flex items-center gap-2.5">
          <JobStatusBadge status={status} />
          {startedAt === null || finishedAt === null ? null : (
            <span className="text-muted tabular-nums">
              {formatDuration(Math.max(0, finishedAt - startedAt))}
            </span>
          )}
        </p>
        <div className="flex min-w-0 flex-wrap gap-2">
          {steering.mayCancel(job) ? (
            <Button
              size="small"
              icon={<Square aria-hidden className="size-3.5" />}
              onClick={() => steering.cancel(job)}
            >
              {say.actions.cancel}
            </Button>
          ) : null}
          {steering.mayRetry(job) ? (
            <Button
              size="small"
              look="primary"
              icon={<RotateCw aria-hidden className={icon} />}
              onClick={() => steering.retry(job)}
            >
              {say.actions.retry}
            </Button>
          ) : null}
          <CopyTextButton text={job.id} label={say.actions.copyId} />
          <CopyTextButton text={() => curlOf(job)} label={say.actions.copyCurl} />
        </div>
      </div>
      {ended ? null : <JobNow job={job} />}
      <Trouble job={job} />
      <div className="grid gap-x-10 gap-y-6 @3xl:grid-cols-2">
        <DetailSection level={2} title={text.facts}>
          <JobFacts job={job} names={names} />
        </DetailSection>
        <DetailSection level={2} title={text.timing}>
          <Waterfall job={job} events={log.events} />
        </DetailSection>
      </div>
      <JobResult job={job} isOwn={isOwn} />
      <DetailSection level={2} title={text.arguments} actions={<CopyBody body={job.arguments} />}>
        {job.arguments === null ? (
          <p className="text-[0.8125rem] text-muted">{text.noArguments}</p>
        ) : (
          <Body body={job.arguments} label={text.arguments} />
        )}
      </DetailSection>
      <DetailSection level={2} title={text.events}>
        <JobEvents log={log} createdAt={job.createdAt} />
      </DetailSection>
      {steering.dialog}
    </div>
  );
}

/** What went wrong, and what to do about it. */
function Trouble({ job }: { job: JobDetail }) {
  const { status } = job;
  if (status !== "failed" && status !== "timed_out" && status !== "lost" && status !== "cancelled")
    return null;
  const isKept = job.resultUntil !== null && job.resultUntil > Date.now();
  const wayOn =
    status === "cancelled"
      ? text.wayOn.cancelled
      : !isKept
        ? text.wayOn.gone
        : status === "failed"
          ? undefined
          : text.wayOn[status];
  return (
    <>
      {status === "cancelled" ? null : <ExecutionError execution={job} level={2} />}
      {wayOn === undefined ? null : <p className="-mt-3 text-sm">{wayOn}</p>}
    </>
  );
}
