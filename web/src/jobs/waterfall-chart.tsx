import { Link } from "@tanstack/react-router";
import type { Job } from "../../../shared/contracts/jobs";
import { useSecond } from "../executions/use-second";
import { classNames } from "../ui/class-names";
import { clockTime, formatDuration } from "../ui/time";
import { words } from "../words";
import { jobs as say } from "../words/jobs";
import type { AnyEvent } from "./use-job";
import { barsOf, spansOf, type Span } from "./waterfall";

const text = say.detail;
const colours: Record<Span["of"], string> = {
  queue: "bg-line-strong",
  wait: "bg-line-strong",
  attempt: "bg-accent",
  callback: "bg-muted",
};
const failed = ["failed", "timed_out", "lost"];

const nameOf = ({ of, number }: Span): string =>
  of === "queue" ? text.spans.queue : text.spans[of](number);

function statusOf({ of, status, to }: Span): string {
  if (to === null) return text.goesOn;
  if (status === undefined) return "";
  if (of === "callback")
    return text.callbackStatus[status as keyof typeof text.callbackStatus] ?? status;
  return words.status.execution[status as keyof typeof words.status.execution] ?? status;
}

/** Where the time of a job went: a line for each part, and the same as a table. */
export function Waterfall({ job, events }: { job: Job; events: readonly AnyEvent[] }) {
  const spans = spansOf(job, events);
  return spans.some(({ to }) => to === null) ? (
    <Ticking spans={spans} />
  ) : (
    <Chart spans={spans} now={0} />
  );
}

const Ticking = ({ spans }: { spans: Span[] }) => <Chart spans={spans} now={useSecond()} />;

function Chart({ spans, now }: { spans: Span[]; now: number }) {
  const bars = barsOf(spans, now);
  const took = ({ from, to }: Span) => formatDuration(Math.max(0, (to ?? now) - from));
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <ol className="flex min-w-0 flex-col gap-1.5 text-[0.8125rem]">
        {spans.map((span, index) => {
          const bar = bars[index] ?? { left: 0, width: 0 };
          const isFailed = span.of === "attempt" && failed.includes(span.status ?? "");
          return (
            <li
              key={index}
              className="grid grid-cols-[minmax(0,9.5rem)_minmax(0,1fr)_4.75rem] items-center gap-x-3"
            >
              <span className="truncate">
                {nameOf(span)}
                <span className="sr-only"> {statusOf(span)}</span>
              </span>
              <span aria-hidden className="relative h-3 rounded-full bg-raised">
                <span
                  className={classNames(
                    "absolute inset-y-0 min-w-1 rounded-full",
                    isFailed ? "bg-danger" : colours[span.of],
                    span.to === null && "motion-safe:animate-pulse",
                  )}
                  style={{
                    left: `min(${bar.left * 100}%, 100% - 0.25rem)`,
                    width: `${bar.width * 100}%`,
                  }}
                />
              </span>
              <span className="text-right tabular-nums">{took(span)}</span>
            </li>
          );
        })}
      </ol>
      <details className="min-w-0 text-[0.8125rem]">
        <summary className="min-h-7 w-fit font-medium">{text.asTable}</summary>
        <div className="overflow-x-auto" tabIndex={0} role="group" aria-label={text.timing}>
          <table className="w-full text-left">
            <thead className="text-muted">
              <tr>
                <th className="py-1 pr-4 font-medium">{text.table.what}</th>
                <th className="py-1 pr-4 font-medium">{text.table.from}</th>
                <th className="py-1 pr-4 font-medium">{text.table.took}</th>
                <th className="py-1 pr-4 font-medium">{text.table.end}</th>
                <th className="py-1 font-medium">{text.table.call}</th>
              </tr>
            </thead>
            <tbody>
              {spans.map((span, index) => (
                <tr key={index} className="border-t border-line">
                  <td className="py-1.5 pr-4">{nameOf(span)}</td>
                  <td className="py-1.5 pr-4 tabular-nums">{clockTime(span.from)}</td>
                  <td className="py-1.5 pr-4 whitespace-nowrap tabular-nums">{took(span)}</td>
                  <td className="py-1.5 pr-4">{statusOf(span)}</td>
                  <td className="py-1.5 whitespace-nowrap">
                    {span.executionId === undefined ? null : (
                      <Link
                        to="/activity/$executionId"
                        params={{ executionId: span.executionId }}
                        className="rounded text-accent underline underline-offset-2"
                      >
                        {text.seeCall}
                        <span className="sr-only">: {nameOf(span)}</span>
                      </Link>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </div>
  );
}
