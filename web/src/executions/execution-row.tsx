import { memo } from "react";
import type { Execution } from "../../../shared/contracts/executions";
import { classNames } from "../ui/class-names";
import { plainLine } from "../ui/foreign";
import { ExecutionStatusBadge } from "../ui/status";
import { formatDuration } from "../ui/time";
import { words } from "../words";
import { shareDone, type Progress } from "./progress";
import { shortTime } from "./times";
import { serverShare } from "./timing";
import { useSecond } from "./use-second";
import { viaOf } from "./who";

export const rowHeights = { line: 44, card: 64 };

export type RowProps = {
  execution: Execution;
  progress: Progress | undefined;
  connection: string;
  who: string;
  id: string;
  top: number;
  position: number;
  of: number;
  layout: keyof typeof rowHeights;
  isActive: boolean;
  isSelected: boolean;
};

export const ExecutionRow = memo(function ExecutionRow(props: RowProps) {
  const { execution, id, top, position, of, layout, isActive, isSelected } = props;
  return (
    <div
      role="option"
      id={id}
      data-id={execution.id}
      aria-selected={isSelected}
      aria-posinset={position}
      aria-setsize={of}
      style={{ height: rowHeights[layout], transform: `translateY(${top}px)` }}
      className={classNames(
        "absolute inset-x-0 top-0 cursor-pointer items-center gap-x-4 border-b border-line px-4 hover:bg-raised",
        layout === "line"
          ? "grid grid-cols-[6.5rem_7rem_minmax(0,1fr)_minmax(0,13rem)_7.5rem]"
          : "grid grid-cols-[minmax(0,1fr)_auto] content-center gap-y-1",
        isSelected && "bg-accent-soft hover:bg-accent-soft",
        isActive &&
          "group-focus-visible/list:outline-2 group-focus-visible/list:-outline-offset-2 group-focus-visible/list:outline-accent",
      )}
    >
      {layout === "line" ? <Line {...props} /> : <Card {...props} />}
    </div>
  );
});

const Time = ({ at }: { at: number }) => (
  <time
    dateTime={new Date(at).toISOString()}
    className="truncate text-[0.8125rem] text-muted tabular-nums"
  >
    {shortTime(at, Date.now())}
  </time>
);

function Line({ execution, connection, who, progress }: RowProps) {
  return (
    <>
      <Time at={execution.startedAt} />
      <span className="flex">
        <ExecutionStatusBadge status={execution.status} />
      </span>
      <span className="flex min-w-0 items-baseline gap-2">
        <span className="min-w-0 truncate">
          <bdi className="text-muted">{connection}</bdi>
          <span className="text-muted"> · </span>
          <Name execution={execution} />
        </span>
        <Outcome execution={execution} progress={progress} />
      </span>
      <span className="truncate text-[0.8125rem]">
        <bdi>{who}</bdi>
        <span className="text-muted"> · {viaOf(execution)}</span>
      </span>
      <Duration execution={execution} progress={progress} />
    </>
  );
}

function Card({ execution, connection, who, progress }: RowProps) {
  return (
    <>
      <span className="truncate">
        <Name execution={execution} />
      </span>
      <span className="flex justify-end">
        <ExecutionStatusBadge status={execution.status} />
      </span>
      <span className="truncate text-[0.8125rem] text-muted">
        <Time at={execution.startedAt} />
        {" · "}
        <bdi>{connection}</bdi>
        {" · "}
        {execution.error || progress ? (
          <Outcome execution={execution} progress={progress} />
        ) : (
          <>
            <bdi>{who}</bdi> · {viaOf(execution)}
          </>
        )}
      </span>
      <Duration execution={execution} progress={progress} />
    </>
  );
}

function Name({ execution: { method, name } }: { execution: Execution }) {
  const { methods } = words.activity;
  return (
    <>
      {method === "tools/call" ? null : (
        <span className="text-muted">
          {methods[method as keyof typeof methods] ?? plainLine(method, 40)}{" "}
        </span>
      )}
      <bdi className="font-medium">{plainLine(name)}</bdi>
    </>
  );
}

function Outcome({ execution, progress }: Pick<RowProps, "execution" | "progress">) {
  if (execution.error)
    return (
      <code className="min-w-0 shrink-[2] truncate text-danger">
        {plainLine(execution.error.code, 40)}
      </code>
    );
  if (!progress) return null;
  const { done, total, message } = progress;
  return (
    <bdi className="min-w-0 shrink-[2] truncate text-[0.8125rem] text-muted">
      {message ?? words.activity.progress(done, total)}
    </bdi>
  );
}

function Duration({ execution, progress }: Pick<RowProps, "execution" | "progress">) {
  const { status, durationMs, upstreamMs, startedAt } = execution;
  const share = status === "running" ? progress && shareDone(progress) : serverShare(execution);
  return (
    <span
      className="flex items-center justify-end gap-2 text-[0.8125rem] tabular-nums"
      title={
        durationMs === null || upstreamMs === null
          ? undefined
          : words.activity.serverShare(formatDuration(upstreamMs), formatDuration(durationMs))
      }
    >
      {status === "running" ? (
        <Elapsed since={startedAt} />
      ) : (
        <span>{durationMs === null ? "–" : formatDuration(durationMs)}</span>
      )}
      <span aria-hidden className="h-1 w-9 shrink-0 overflow-hidden rounded-full bg-line">
        {share === undefined ? null : (
          <span
            className={classNames(
              "block h-full rounded-full",
              status === "running" ? "bg-accent" : "bg-line-strong",
            )}
            style={{ width: `${Math.round(share * 100)}%` }}
          />
        )}
      </span>
    </span>
  );
}

function Elapsed({ since }: { since: number }) {
  const seconds = Math.max(0, Math.floor((useSecond() - since) / 1000));
  return <span>{seconds < 60 ? `${seconds} s` : formatDuration(seconds * 1000)}</span>;
}
