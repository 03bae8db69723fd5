import { Link } from "@tanstack/react-router";
import { memo, type ReactNode } from "react";
import type { Job } from "../../../shared/contracts/jobs";
import { shortTime } from "../executions/times";
import { useSecond } from "../executions/use-second";
import { classNames } from "../ui/class-names";
import { plainLine } from "../ui/foreign";
import { Menu, type MenuItem } from "../ui/menu";
import { formatDuration, formatSeconds } from "../ui/time";
import { jobs as say } from "../words/jobs";
import { hasEnded } from "./filters";
import { JobProgress } from "./job-progress";
import { JobStatusBadge } from "./job-status";

export const rowHeights = { line: 52, card: 96 };

export const lineColumns =
  "grid-cols-[1.25rem_6.5rem_minmax(0,1fr)_minmax(0,8rem)_6.5rem_4rem_9.5rem_5rem_2.25rem]";

export type RowProps = {
  job: Job;
  connection: string;
  who: string;
  top: number;
  index: number;
  layout: keyof typeof rowHeights;
  isChosen: boolean;
  choose: (id: string, chosen: boolean) => void;
  items: (job: Job) => MenuItem[];
};

export const JobRow = memo(function JobRow(props: RowProps) {
  const { top, index, layout, isChosen } = props;
  return (
    <div
      role="row"
      data-index={index}
      aria-rowindex={index + 2}
      style={{ height: rowHeights[layout], transform: `translateY(${top}px)` }}
      className={classNames(
        "absolute inset-x-0 top-0 grid items-center gap-x-4 border-b border-line px-4",
        layout === "line"
          ? lineColumns
          : "grid-cols-[1.25rem_minmax(0,1fr)_auto_2.25rem] content-center gap-y-0.5",
        isChosen ? "bg-accent-soft" : "hover:bg-raised",
      )}
    >
      {layout === "line" ? <Line {...props} /> : <Card {...props} />}
    </div>
  );
});

const Cell = ({ children, className }: { children: ReactNode; className?: string }) => (
  <span role="cell" className={classNames("min-w-0", className)}>
    {children}
  </span>
);

function Line(props: RowProps) {
  const { job, who } = props;
  return (
    <>
      <Choice {...props} />
      <Cell className="flex">
        <JobStatusBadge status={job.status} />
      </Cell>
      <Cell className="flex flex-col">
        <Name {...props} />
        <bdi className="truncate text-[0.8125rem] text-muted">{props.connection}</bdi>
      </Cell>
      <Cell className="truncate text-[0.8125rem]">
        <bdi>{who}</bdi>
      </Cell>
      <Cell className="truncate text-[0.8125rem] text-muted tabular-nums">
        <Created job={job} />
      </Cell>
      <Cell className="text-[0.8125rem] text-muted tabular-nums">
        {job.attempts === 0 ? "–" : job.attempts}
      </Cell>
      <Cell>
        <JobProgress job={job} />
      </Cell>
      <Cell className="text-right text-[0.8125rem] tabular-nums">
        <Ran job={job} />
      </Cell>
      <Actions {...props} />
    </>
  );
}

function Card(props: RowProps) {
  const { job, who, connection } = props;
  return (
    <>
      <Choice {...props} />
      <Cell className="truncate">
        <Name {...props} />
      </Cell>
      <Cell className="flex justify-end">
        <JobStatusBadge status={job.status} />
      </Cell>
      <Actions {...props} />
      <Cell className="col-span-2 col-start-2 truncate text-[0.8125rem] text-muted">
        <Created job={job} />
        {" · "}
        <bdi>{connection}</bdi>
        {" · "}
        <bdi>{who}</bdi>
      </Cell>
      <Cell className="col-start-2">
        <JobProgress job={job} />
      </Cell>
      <Cell className="self-start text-right text-[0.8125rem] tabular-nums">
        <Ran job={job} />
      </Cell>
    </>
  );
}

const nameOf = (job: Job) => plainLine(job.name, 80);

/** Above the link that covers the row. */
const Choice = ({ job, isChosen, choose }: RowProps) => (
  <span role="cell" className="relative z-1 grid size-6 place-items-center">
    <input
      type="checkbox"
      data-focus="choice"
      className="size-4.5 accent-accent"
      aria-label={say.select(nameOf(job), say.status[job.status])}
      checked={isChosen}
      onChange={({ target }) => choose(job.id, target.checked)}
    />
  </span>
);

const Name = ({ job }: RowProps) => (
  <Link
    to="/jobs/$id"
    params={{ id: job.id }}
    data-focus="name"
    className="min-w-0 truncate font-medium -outline-offset-2 after:absolute after:inset-0"
  >
    <bdi>{nameOf(job)}</bdi>
  </Link>
);

const Actions = ({ job, items }: RowProps) => (
  <span role="cell" className="relative z-1">
    <Menu label={say.actionsOf(nameOf(job))} items={items(job)} />
  </span>
);

const Created = ({ job: { createdAt } }: { job: Job }) => (
  <time dateTime={new Date(createdAt).toISOString()}>{shortTime(createdAt, Date.now())}</time>
);

function Ran({ job }: { job: Job }) {
  const { startedAt, finishedAt } = job;
  if (startedAt === null) return <span className="text-muted">–</span>;
  if (hasEnded(job) && finishedAt !== null)
    return <span>{formatDuration(Math.max(0, finishedAt - startedAt))}</span>;
  return <Running since={startedAt} />;
}

const Running = ({ since }: { since: number }) => (
  <span>{formatSeconds(Math.max(0, useSecond() - since))}</span>
);
