import { useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Copy, Lock, RotateCw, Square } from "lucide-react";
import { lazy, Suspense, useCallback, useState } from "react";
import type { Job } from "../../../shared/contracts/jobs";
import { useNames } from "../executions/use-names";
import { countSet, listKeyOf } from "../live-list/filters";
import { FilterBar } from "../live-list/filter-bar";
import { ListFooter } from "../live-list/list-footer";
import { NothingMatches } from "../live-list/nothing-matches";
import { PauseButton } from "../live-list/pause-button";
import { useAnnouncements, useLiveList } from "../live-list/use-live-list";
import { queryKeys } from "../query-keys";
import { useMay } from "../shell/use-may";
import { Menu, type MenuItem } from "../ui/menu";
import { notify } from "../ui/notify";
import { Page, Panel } from "../ui/page";
import { SkeletonRows } from "../ui/skeleton";
import { EmptyState, ErrorState } from "../ui/states";
import { words } from "../words";
import { jobs as say } from "../words/jobs";
import { BulkBar } from "./bulk-bar";
import type { BulkAction, BulkSubject } from "./bulk-dialog";
import { bulkFilterOf, statuses } from "./filters";
import { jobFeedQuery } from "./job-feed";
import { JobList } from "./job-list";
import { NoJobs } from "./no-jobs";
import { jobsSearch, type JobsSearch } from "./search";
import { useSelection } from "./selection";
import { useSteering } from "./use-steering";

const BulkDialog = lazy(() =>
  import("./bulk-dialog").then((code) => ({ default: code.BulkDialog })),
);
const icon = "size-4";

export function JobsPage() {
  const mayReadAll = useMay("executions.read");
  const mayBegin = useMay("tools.call");
  if (mayReadAll || mayBegin) return <Jobs />;
  return (
    <Page title={say.title}>
      <EmptyState icon={<Lock className="size-6" />} title={words.noPermission.title}>
        <p>{say.noPermission}</p>
      </EmptyState>
    </Page>
  );
}

function Jobs() {
  const search = useSearch({ from: "/shell/jobs" });
  const navigate = useNavigate();
  const [feed, state] = useLiveList(jobFeedQuery, search);
  const names = useNames();
  const queries = useQueryClient();
  const selection = useSelection(listKeyOf(search));
  const [asked, setAsked] = useState<{ action: BulkAction; subject: BulkSubject }>();
  const steering = useSteering(() => feed.askSoon());
  useAnnouncements(feed, say.arrived);
  const change = useCallback(
    (next: JobsSearch) => void navigate({ to: "/jobs", search: next, resetScroll: false }),
    [navigate],
  );
  const startOver = () => {
    change({});
    document.querySelector<HTMLElement>("main h1")?.focus();
  };
  const matching = (): BulkSubject => ({ filter: bulkFilterOf(feed.listed()) });
  const itemsOf = (job: Job): MenuItem[] => [
    ...(steering.mayCancel(job)
      ? [
          {
            label: say.actions.cancel,
            icon: <Square aria-hidden className={icon} />,
            run: () => steering.cancel(job),
          },
        ]
      : []),
    ...(steering.mayRetry(job)
      ? [
          {
            label: say.actions.retry,
            icon: <RotateCw aria-hidden className={icon} />,
            run: () => steering.retry(job),
          },
        ]
      : []),
    {
      label: say.actions.copyId,
      icon: <Copy aria-hidden className={icon} />,
      run: () => void copyId(job.id),
    },
  ];
  const { phase, error, size, complete } = state;
  const filtered = countSet(search) > 0;
  const failed = error !== undefined && phase !== "idle";
  const isEmpty = size === 0 && complete;
  const hasRows = !failed && phase !== "first" && !isEmpty;
  return (
    <>
      <Page
        wide
        title={say.title}
        description={say.description}
        actions={
          hasRows ? (
            <>
              <PauseButton list={feed} state={state} say={say} />
              <Menu
                label={say.bulk.menu}
                items={[
                  {
                    label: say.bulk.cancelAll,
                    icon: <Square aria-hidden className={icon} />,
                    run: () => setAsked({ action: "cancel", subject: matching() }),
                  },
                  {
                    label: say.bulk.retryAll,
                    icon: <RotateCw aria-hidden className={icon} />,
                    run: () => setAsked({ action: "retry", subject: matching() }),
                  },
                ]}
              />
            </>
          ) : null
        }
      >
        {phase !== "first" && isEmpty && !filtered ? null : (
          <FilterBar
            search={search}
            set={(part) => change(jobsSearch({ ...search, ...part }))}
            clear={() => change({})}
            names={names}
            statuses={statuses}
            status={say.status}
          />
        )}
        <BulkBar
          selection={selection}
          ask={(action) =>
            setAsked({ action, subject: selection.all ? matching() : { ids: selection.ids } })
          }
        />
        {failed ? <ErrorState error={error} retry={() => feed.retry()} /> : null}
        {!failed && phase === "first" ? <SkeletonRows rows={10} className="h-13" /> : null}
        {!failed && phase !== "first" && isEmpty ? (
          filtered ? (
            <NothingMatches say={say.nothing} clear={startOver} />
          ) : (
            <NoJobs />
          )
        ) : null}
      </Page>
      {hasRows ? (
        <div className="mx-auto flex min-h-104 w-full max-w-[100rem] flex-1 px-4 pb-6 sm:px-6 lg:px-8 lg:pb-8">
          <div className="relative min-w-0 flex-1">
            <Panel className="absolute inset-0 flex flex-col overflow-hidden">
              <JobList
                feed={feed}
                state={state}
                names={names}
                selection={selection}
                items={itemsOf}
              />
              <ListFooter list={feed} state={state} filtered={filtered} say={say.footer} />
            </Panel>
          </div>
        </div>
      ) : null}
      {steering.dialog}
      <Suspense>
        {asked ? (
          <BulkDialog
            {...asked}
            onClose={() => setAsked(undefined)}
            onDone={() => {
              setAsked(undefined);
              selection.clear();
              feed.askSoon();
              void queries.invalidateQueries({ queryKey: queryKeys.jobs });
              document.querySelector<HTMLElement>("main h1")?.focus();
            }}
          />
        ) : null}
      </Suspense>
    </>
  );
}

const copyId = (id: string) =>
  navigator.clipboard.writeText(id).then(
    () => notify({ tone: "success", title: words.common.copied }),
    () => notify({ tone: "danger", title: words.common.copyFailed }),
  );
