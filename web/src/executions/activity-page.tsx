import { Navigate, useNavigate, useSearch } from "@tanstack/react-router";
import { lazy, Suspense, useCallback } from "react";
import type { Execution } from "../../../shared/contracts/executions";
import { ListFooter } from "../live-list/list-footer";
import { NothingMatches } from "../live-list/nothing-matches";
import { useAnnouncements, useLiveList } from "../live-list/use-live-list";
import { announce } from "../shell/announcer";
import { plainLine } from "../ui/foreign";
import { Page, Panel } from "../ui/page";
import { SkeletonRows } from "../ui/skeleton";
import { ErrorState } from "../ui/states";
import { words } from "../words";
import { useMedia } from "../shell/use-media";
import { ActivityFilters } from "./activity-filters";
import { NoCalls } from "./empty";
import { ExecutionList } from "./execution-list";
import { feedQuery } from "./feed";
import { changed, countFilters, withoutFilters } from "./filters";
import type { ActivitySearch } from "./search";
import { StreamControls } from "./stream-controls";
import { useNames } from "./use-names";

const SidePanel = lazy(() =>
  import("./side-panel").then(({ SidePanel }) => ({ default: SidePanel })),
);

export function ActivityPage() {
  const search = useSearch({ from: "/shell/activity" });
  const navigate = useNavigate();
  const isWide = useMedia("(min-width: 1280px)");
  const [feed, state] = useLiveList(feedQuery, search);
  const names = useNames();
  useAnnouncements(feed, words.activity.arrived);
  // What is typed and what is looked at makes no history; a filter is undone by going back.
  const change = useCallback(
    (next: ActivitySearch) => {
      const replace = next.q !== search.q || next.selected !== search.selected;
      void navigate({ to: "/activity", search: next, replace, resetScroll: false });
    },
    [navigate, search.q, search.selected],
  );
  const { selected } = search;
  const open = ({ id, name }: Execution) => {
    if (!isWide)
      return void navigate({ to: "/activity/$executionId", params: { executionId: id } });
    announce(words.activity.detail.beside(plainLine(name)));
    change({ ...search, selected: id });
  };
  if (!isWide && selected !== undefined)
    return <Navigate to="/activity/$executionId" params={{ executionId: selected }} replace />;
  const startOver = () => {
    change(withoutFilters(search));
    document.querySelector<HTMLElement>("main h1")?.focus();
  };
  const { phase, error, size, complete } = state;
  const filtered = countFilters(search) > 0;
  const failed = error !== undefined && phase !== "idle";
  const isEmpty = size === 0 && complete;
  return (
    <>
      <Page
        wide
        title={words.activity.title}
        description={words.activity.description}
        actions={phase === "first" ? null : <StreamControls feed={feed} state={state} />}
      >
        <ActivityFilters search={search} change={change} names={names} />
        {failed ? <ErrorState error={error} retry={() => feed.retry()} /> : null}
        {!failed && phase === "first" ? <SkeletonRows rows={10} className="h-11" /> : null}
        {!failed && phase !== "first" && isEmpty ? (
          filtered ? (
            <NothingMatches say={words.activity.nothing} clear={startOver} />
          ) : (
            <NoCalls />
          )
        ) : null}
      </Page>
      {failed || phase === "first" || isEmpty ? null : (
        <div className="mx-auto flex min-h-104 w-full max-w-[100rem] flex-1 gap-4 px-4 pb-6 sm:px-6 lg:px-8 lg:pb-8">
          <div className="relative min-w-0 flex-1">
            <Panel className="absolute inset-0 flex flex-col overflow-hidden has-[[role=listbox]:focus-visible]:outline-2 has-[[role=listbox]:focus-visible]:outline-accent">
              <ExecutionList
                feed={feed}
                state={state}
                selected={selected}
                open={open}
                who={names.who}
                connection={names.connection}
              />
              <ListFooter
                list={feed}
                state={state}
                filtered={filtered}
                say={words.activity.footer}
              />
            </Panel>
          </div>
          {selected !== undefined ? (
            <Suspense>
              <SidePanel
                id={selected}
                close={() => change(changed(search, { selected: undefined }))}
              />
            </Suspense>
          ) : null}
        </div>
      )}
    </>
  );
}
