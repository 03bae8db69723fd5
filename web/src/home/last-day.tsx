import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { ExecutionSummary } from "../../../shared/contracts/charts";
import { failedStatuses } from "../executions/failed";
import type { ActivitySearch } from "../executions/search";
import { classNames } from "../ui/class-names";
import { Panel, Section } from "../ui/page";
import { Skeleton } from "../ui/skeleton";
import { ErrorNote } from "../ui/states";
import { formatDuration, formatNumber } from "../ui/time";
import { words } from "../words";
import { summaryQuery } from "./queries";

const { day: say } = words.home;
const percent = new Intl.NumberFormat("en", { style: "percent", maximumFractionDigits: 1 });
const since = "24h";

/** The last 24 hours in four numbers, each of which leads to the calls it counts. */
export function LastDay() {
  const { data, isError, error, refetch } = useQuery(summaryQuery);
  return (
    <Section title={say.title}>
      {isError && !data ? (
        <ErrorNote error={error} retry={() => void refetch()} />
      ) : (
        <Panel className="overflow-hidden">
          <ul className="grid grid-cols-2 gap-px bg-line lg:grid-cols-4">
            <Count label={say.calls} search={{ since }} value={data && formatNumber(data.total)} />
            <Count
              label={say.failed}
              search={{ since, status: failedStatuses }}
              value={data && formatNumber(data.failed)}
              detail={data && failedShare(data)}
              alarming={data !== undefined && data.failed > 0}
            />
            <Count label={say.median} search={{ since }} value={data && duration(data.p50Ms)} />
            <Count label={say.p95} search={{ since }} value={data && duration(data.p95Ms)} />
          </ul>
        </Panel>
      )}
    </Section>
  );
}

const failedShare = ({ failed, total }: ExecutionSummary): string | undefined =>
  failed === 0 ? undefined : say.share(percent.format(failed / total));

const duration = (ms: number | null): ReactNode =>
  ms === null ? (
    <>
      <span aria-hidden>{say.none}</span>
      <span className="sr-only">{say.noneLong}</span>
    </>
  ) : (
    formatDuration(ms)
  );

function Count({
  label,
  value,
  detail,
  search,
  alarming = false,
}: {
  label: string;
  value: ReactNode;
  detail?: string | undefined;
  search: ActivitySearch;
  alarming?: boolean;
}) {
  return (
    <li className="min-w-0 bg-surface">
      <Link
        to="/activity"
        search={search}
        className="flex min-h-21 flex-col justify-center px-4 py-3 -outline-offset-2 hover:bg-raised"
      >
        <span className="text-[0.8125rem] text-muted">{label}</span>
        <span className="flex flex-wrap items-baseline gap-x-2">
          <span
            className={classNames("text-xl font-semibold tabular-nums", alarming && "text-danger")}
          >
            {value ?? <Skeleton className="my-1 h-5.5 w-14" />}
          </span>
          {detail ? <span className="text-[0.8125rem] text-muted">{detail}</span> : null}
        </span>
        <span className="sr-only">, {say.inList}</span>
      </Link>
    </li>
  );
}
