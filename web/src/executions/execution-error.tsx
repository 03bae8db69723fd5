import { CircleAlert } from "lucide-react";
import { errors, isErrorCode } from "../../../shared/errors";
import type { Execution } from "../../../shared/contracts/executions";
import { plainLine } from "../ui/foreign";
import { words } from "../words";
import { activityMore } from "../words/activity-more";
import { DetailSection, type Level } from "./detail-section";

const text = words.activity.detail;

/** What went wrong, whose side it is on, and how to go on. */
export function ExecutionError({
  execution,
  level,
}: {
  execution: Pick<Execution, "error"> & { status: string };
  level: Level;
}) {
  const { error, status } = execution;
  if (!error) return null;
  const side = isErrorCode(error.code) ? errors[error.code].side : undefined;
  const wayOn =
    error.code === "tool_error"
      ? text.toolErrorWayOn
      : (activityMore.wayOn[error.code] ?? (side && text.wayOn[side]));
  return (
    <DetailSection level={level} title={text.error}>
      <div className="flex items-start gap-3 rounded-xl border border-danger/40 bg-danger-soft p-3.5">
        <CircleAlert aria-hidden className="mt-0.5 size-4.5 shrink-0 text-danger" />
        <div className="flex min-w-0 flex-col gap-1.5">
          <p className="wrap-anywhere">{error.message}</p>
          <p className="text-[0.8125rem] text-muted">
            <code className="text-danger">{plainLine(error.code, 60)}</code>
            {side === undefined ? null : ` · ${words.errors.side[side]}`}
          </p>
          {wayOn === undefined ? null : <p className="text-[0.8125rem]">{wayOn}</p>}
          {status === "timed_out" || status === "lost" ? (
            <p className="text-[0.8125rem]">{text.mayHaveRun}</p>
          ) : null}
        </div>
      </div>
    </DetailSection>
  );
}
