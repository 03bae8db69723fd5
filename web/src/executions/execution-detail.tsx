import type { ExecutionDetail as Detail } from "../../../shared/contracts/executions";
import { ExecutionStatusBadge } from "../ui/status";
import { formatDuration } from "../ui/time";
import { words } from "../words";
import { DetailActions } from "./detail-actions";
import { DetailSection, type Level } from "./detail-section";
import { EventTimeline } from "./event-timeline";
import { ExecutionError } from "./execution-error";
import { ExecutionLogs } from "./execution-logs";
import { ExecutionFacts } from "./execution-facts";
import { Body, CopyBody } from "./recorded-body";
import { ResultSection } from "./result-section";
import { TimingBar } from "./timing-bar";
import { useNames } from "./use-names";

const text = words.activity.detail;

/** All that is known of a call; `level` is that of its headings. */
export function ExecutionDetail({ execution, level }: { execution: Detail; level: Level }) {
  const names = useNames();
  const { id, status, durationMs } = execution;
  return (
    <div className="@container flex min-w-0 flex-col gap-6">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="flex items-center gap-2.5">
          <ExecutionStatusBadge status={status} />
          {durationMs === null ? null : (
            <span className="text-muted tabular-nums">{formatDuration(durationMs)}</span>
          )}
        </p>
        <DetailActions execution={execution} />
      </div>
      <ExecutionError execution={execution} level={level} />
      <div className="grid gap-x-10 gap-y-6 @3xl:grid-cols-2">
        <DetailSection level={level} title={text.facts}>
          <ExecutionFacts execution={execution} names={names} />
        </DetailSection>
        <DetailSection level={level} title={text.timing}>
          <TimingBar execution={execution} />
        </DetailSection>
      </div>
      <DetailSection
        level={level}
        title={text.arguments}
        actions={<CopyBody body={execution.arguments} />}
      >
        {execution.arguments === null ? (
          <p className="text-[0.8125rem] text-muted">{text.noArguments}</p>
        ) : (
          <Body key={id} body={execution.arguments} label={text.arguments} />
        )}
      </DetailSection>
      <ResultSection key={id} execution={execution} level={level} />
      {status === "running" ? null : <ExecutionLogs key={`${id} logs`} id={id} level={level} />}
      <DetailSection level={level} title={text.events}>
        <EventTimeline key={id} execution={execution} />
      </DetailSection>
    </div>
  );
}
