import { Link } from "@tanstack/react-router";
import type { Execution } from "../../../shared/contracts/executions";
import { plainLine } from "../ui/foreign";
import { ExecutionStatusBadge } from "../ui/status";
import { formatDuration, RelativeTime } from "../ui/time";
import { words } from "../words";

/** One call in a line; the whole line leads to its details. */
export const ExecutionLine = ({ execution }: { execution: Execution }) => (
  <li className="relative flex min-h-12 min-w-0 flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2 text-sm hover:bg-raised">
    <span className="w-24 shrink-0">
      <ExecutionStatusBadge status={execution.status} />
    </span>
    <Link
      to="/activity/$executionId"
      params={{ executionId: execution.id }}
      className="min-w-0 flex-1 basis-32 truncate font-mono text-[0.8125rem] after:absolute after:inset-0"
    >
      <bdi>{plainLine(execution.name, 120)}</bdi>
    </Link>
    <span className="flex items-center gap-3 text-[0.8125rem] text-muted">
      <span>{words.connections.activity.via[execution.surface]}</span>
      {execution.durationMs === null ? null : (
        <span className="tabular-nums">{formatDuration(execution.durationMs)}</span>
      )}
      <RelativeTime at={execution.startedAt} />
    </span>
  </li>
);
