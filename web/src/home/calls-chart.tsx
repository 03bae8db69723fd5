import { queryOptions, useQuery } from "@tanstack/react-query";
import type { ExecutionSeries } from "../../../shared/contracts/charts";
import { call } from "../client";
import { queryKeys } from "../query-keys";
import { Panel } from "../ui/page";
import { Skeleton } from "../ui/skeleton";
import { ErrorNote } from "../ui/states";
import { formatDuration, formatNumber } from "../ui/time";
import { callsChart as say } from "../words/calls-chart";
import { hoursOf, type Hour } from "./hours";

const hour = 3_600_000;
const hours = 24;
const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });

const seriesQuery = queryOptions({
  queryKey: [...queryKeys.executions, "series", "day"],
  queryFn: ({ signal }) => {
    const since = Math.floor(Date.now() / hour) * hour - (hours - 1) * hour;
    const asked = new URLSearchParams({ since: String(since), unit: "hour" });
    return call<ExecutionSeries>("GET", `v1/executions/series?${asked.toString()}`, { signal });
  },
  refetchInterval: 60_000,
});

/** How many calls went well and how many failed in each of the last hours. */
export function CallsChart() {
  const { data, error, refetch } = useQuery(seriesQuery);
  return (
    <Panel className="flex min-h-56 flex-col gap-3 p-4">
      <h3 className="text-sm">{say.title}</h3>
      {data ? <Chart hours={hoursOf(data.points, { now: Date.now(), count: hours })} /> : null}
      {!data && error ? <ErrorNote error={error} retry={() => void refetch()} /> : null}
      {!data && !error ? <Skeleton className="h-36 w-full" /> : null}
    </Panel>
  );
}

const width = 12;
const height = 96;

function Chart({ hours: shown }: { hours: Hour[] }) {
  const most = Math.max(1, ...shown.map(({ total }) => total));
  const total = shown.reduce((sum, one) => sum + one.total, 0);
  const failed = shown.reduce((sum, one) => sum + one.failed, 0);
  if (total === 0) return <p className="text-[0.8125rem] text-muted">{say.none}</p>;
  return (
    <>
      <p aria-hidden className="-mt-2 text-right text-xs text-muted tabular-nums">
        {say.most(most)}
      </p>
      <svg
        role="img"
        aria-label={say.description(total, failed)}
        viewBox={`0 0 ${shown.length * width} ${height}`}
        preserveAspectRatio="none"
        className="h-24 w-full border-b border-line"
      >
        {shown.map((one, index) => {
          const whole = (one.total / most) * height;
          const bad = (one.failed / most) * height;
          return (
            <g key={one.at}>
              <rect
                x={index * width + 1}
                width={width - 2}
                y={height - whole}
                height={Math.max(0, whole - bad)}
                className="fill-accent"
              />
              <rect
                x={index * width + 1}
                width={width - 2}
                y={height - bad}
                height={bad}
                className="fill-danger"
              />
            </g>
          );
        })}
      </svg>
      <div aria-hidden className="-mt-2 flex justify-between text-xs text-muted tabular-nums">
        <span>{clock.format(shown[0]?.at)}</span>
        <span>{clock.format(shown.at(Math.floor(shown.length / 2))?.at)}</span>
        <span>{clock.format(shown.at(-1)?.at)}</span>
      </div>
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2 text-[0.8125rem]">
        <p aria-hidden className="flex gap-4">
          <Key className="bg-accent">{say.well}</Key>
          <Key className="bg-danger">{say.failed}</Key>
        </p>
        <details className="min-w-0">
          <summary className="min-h-6 w-fit font-medium">{say.asTable}</summary>
          <Table hours={shown} />
        </details>
      </div>
    </>
  );
}

const Key = ({ className, children }: { className: string; children: string }) => (
  <span className="flex items-center gap-1.5">
    <span className={`size-2.5 rounded-sm ${className}`} />
    {children}
  </span>
);

const Table = ({ hours: shown }: { hours: Hour[] }) => (
  <div tabIndex={0} role="group" aria-label={say.title} className="max-h-64 overflow-auto">
    <table className="text-left tabular-nums">
      <thead className="text-muted">
        <tr>
          <th className="py-1 pr-6 font-medium">{say.table.from}</th>
          <th className="py-1 pr-6 text-right font-medium">{say.table.calls}</th>
          <th className="py-1 pr-6 text-right font-medium">{say.table.failed}</th>
          <th className="py-1 text-right font-medium">{say.table.median}</th>
        </tr>
      </thead>
      <tbody>
        {shown.map(({ at, total, failed, p50Ms }) => (
          <tr key={at} className="border-t border-line">
            <td className="py-1 pr-6">{clock.format(at)}</td>
            <td className="py-1 pr-6 text-right">{formatNumber(total)}</td>
            <td className="py-1 pr-6 text-right">{formatNumber(failed)}</td>
            <td className="py-1 text-right">{p50Ms === null ? "–" : formatDuration(p50Ms)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);
