import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { FilterX, ScrollText, ShieldCheck } from "lucide-react";
import { lazy, Suspense, useEffect, useState } from "react";
import { Button } from "../ui/button";
import { Page, Panel } from "../ui/page";
import { SkeletonRows } from "../ui/skeleton";
import { EmptyState, ErrorState } from "../ui/states";
import { audit as auditWords } from "../words/audit";
import { EntryList } from "./entry-list";
import { ExportButtons } from "./export-buttons";
import { FilterBar } from "./filter-bar";
import { ListFooter } from "./list-footer";
import { auditQuery } from "./queries";
import { changed, hasFilters, withoutEntry, type AuditSearch } from "./search";
import { useNames } from "./use-names";

const say = auditWords;
const EntryDialog = lazy(() =>
  import("./entry-dialog").then(({ EntryDialog }) => ({ default: EntryDialog })),
);
const VerifyDialog = lazy(() =>
  import("./verify-dialog").then(({ VerifyDialog }) => ({ default: VerifyDialog })),
);

export function AuditPage() {
  const search = useSearch({ from: "/shell/audit" });
  const navigate = useNavigate({ from: "/audit" });
  const list = useInfiniteQuery(auditQuery(search));
  const names = useNames();
  const [verifying, setVerifying] = useState(false);
  const change = (next: AuditSearch, replace = false) =>
    void navigate({ search: next, replace, resetScroll: false });
  const open = (entry: string | undefined) => change(changed(search, { entry }), true);
  const entries = list.data?.pages.flatMap(({ items }) => items);
  const filtered = hasFilters(search);
  const failed = list.error && !entries;
  // A page looks through so many entries and may keep none of them: the log goes on behind it.
  const isSearching = entries?.length === 0 && list.hasNextPage;
  const { fetchNextPage, isFetchingNextPage, isFetchNextPageError } = list;
  const mayLoad = list.hasNextPage && !isFetchingNextPage && !isFetchNextPageError;
  useEffect(() => {
    if (isSearching && mayLoad) void fetchNextPage();
  }, [isSearching, mayLoad, fetchNextPage]);
  return (
    <>
      <Page
        wide
        title={say.title}
        description={say.description}
        actions={
          failed ? null : (
            <>
              <Button
                icon={<ShieldCheck aria-hidden className="size-4" />}
                onClick={() => setVerifying(true)}
              >
                {say.verify.label}
              </Button>
              <ExportButtons search={search} />
            </>
          )
        }
      >
        {failed ? null : <FilterBar search={search} change={change} names={names} />}
        {failed ? <ErrorState error={list.error} retry={() => void list.refetch()} /> : null}
        {list.isPending || (isSearching && !isFetchNextPageError) ? (
          <SkeletonRows rows={10} className="h-11" />
        ) : null}
        {isSearching && isFetchNextPageError ? (
          <ErrorState error={list.error} retry={() => void fetchNextPage()} />
        ) : null}
        {entries?.length === 0 && !isSearching ? (
          <Nothing filtered={filtered} clear={() => change({})} />
        ) : null}
      </Page>
      {entries?.length ? (
        <div className="mx-auto flex min-h-104 w-full max-w-[100rem] flex-1 px-4 pb-6 sm:px-6 lg:px-8 lg:pb-8">
          <div className="relative min-w-0 flex-1">
            <Panel className="absolute inset-0 flex flex-col overflow-hidden has-[[role=listbox]:focus-visible]:outline-2 has-[[role=listbox]:focus-visible]:outline-accent">
              <EntryList
                // Another filter begins at the top.
                key={JSON.stringify(withoutEntry(search))}
                entries={entries}
                names={names}
                selected={search.entry}
                complete={!list.hasNextPage}
                busy={list.isPlaceholderData}
                open={({ id }) => open(id)}
                pages={list.data?.pages.length ?? 0}
                onNearEnd={() => {
                  if (mayLoad) void fetchNextPage();
                }}
              />
              <ListFooter list={list} count={entries.length} />
            </Panel>
          </div>
        </div>
      ) : null}
      <Suspense>
        {search.entry ? (
          <EntryDialog
            id={search.entry}
            known={entries?.find(({ id }) => id === search.entry)}
            names={names}
            onClose={() => open(undefined)}
            onFilter={(next) => change(next)}
          />
        ) : null}
        {verifying ? (
          <VerifyDialog
            onClose={() => setVerifying(false)}
            onShow={(id) => {
              setVerifying(false);
              open(id);
            }}
          />
        ) : null}
      </Suspense>
    </>
  );
}

const Nothing = ({ filtered, clear }: { filtered: boolean; clear: () => void }) =>
  filtered ? (
    <EmptyState
      icon={<FilterX className="size-6" />}
      title={say.nothing.title}
      actions={<Button onClick={clear}>{say.filters.clear}</Button>}
    >
      <p>{say.nothing.description}</p>
    </EmptyState>
  ) : (
    <EmptyState icon={<ScrollText className="size-6" />} title={say.empty.title}>
      <p>{say.empty.description}</p>
    </EmptyState>
  );
