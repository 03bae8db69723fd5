import type { UseQueryResult } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Execution } from "../../../shared/contracts/executions";
import type { Page } from "../../../shared/contracts/pages";
import { ForeignName, plainLine } from "../ui/foreign";
import { Panel } from "../ui/page";
import { ErrorNote } from "../ui/states";
import { ExecutionStatusBadge } from "../ui/status";
import { formatDuration, RelativeTime } from "../ui/time";
import { words } from "../words";

/** A few calls, in each state their list has. */
export function CallList({
  query: { data, isError, error, refetch },
  waiting,
  empty,
  withError = false,
}: {
  query: UseQueryResult<Page<Execution>>;
  waiting: ReactNode;
  empty: ReactNode;
  withError?: boolean;
}) {
  if (!data) return isError ? <ErrorNote error={error} retry={() => void refetch()} /> : waiting;
  if (data.items.length === 0) return empty;
  return (
    <Panel className="overflow-hidden">
      <ul className="divide-y divide-line">
        {data.items.map((execution) => (
          <CallRow key={execution.id} execution={execution} withError={withError} />
        ))}
      </ul>
    </Panel>
  );
}

/** One call, which leads to all that is known of it. */
function CallRow({ execution, withError }: { execution: Execution; withError: boolean }) {
  const { id, name, connectionSlug, status, startedAt, durationMs, error } = execution;
  return (
    <li>
      <Link
        to="/activity/$executionId"
        params={{ executionId: id }}
        className="flex min-h-15 flex-col justify-center gap-0.5 px-4 py-2.5 -outline-offset-2 hover:bg-raised"
      >
        <span className="flex min-w-0 items-center justify-between gap-3">
          <span className="min-w-0 truncate text-sm">
            <span className="text-muted">{connectionSlug} · </span>
            <ForeignName className="font-medium">{name}</ForeignName>
          </span>
          <ExecutionStatusBadge status={status} />
        </span>
        {withError ? (
          <span className="truncate text-[0.8125rem] text-danger">
            {error ? plainLine(error.message, 240) : words.home.failures.noReason}
          </span>
        ) : null}
        <span className="flex justify-between gap-3 text-[0.8125rem] text-muted tabular-nums">
          <RelativeTime at={startedAt} />
          {durationMs === null ? null : <span>{formatDuration(durationMs)}</span>}
        </span>
      </Link>
    </li>
  );
}
