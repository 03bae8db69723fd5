import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Execution } from "../../../shared/contracts/executions";
import { ForeignName, plainLine } from "../ui/foreign";
import { Panel } from "../ui/page";
import { ExecutionStatusBadge } from "../ui/status";
import { formatDuration, RelativeTime } from "../ui/time";
import { words } from "../words";

export const CallRows = ({ children }: { children: ReactNode }) => (
  <Panel className="overflow-hidden">
    <ul className="divide-y divide-line">{children}</ul>
  </Panel>
);

/** One call, which leads to all that is known of it. */
export function CallRow({
  execution,
  withError = false,
}: {
  execution: Execution;
  withError?: boolean;
}) {
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

export const NoCalls = ({ icon, children }: { icon: ReactNode; children: ReactNode }) => (
  <Panel className="flex min-h-14 items-center gap-2.5 px-4 py-3 text-sm">
    {icon}
    {children}
  </Panel>
);
