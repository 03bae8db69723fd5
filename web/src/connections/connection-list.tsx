import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { SearchX } from "lucide-react";
import { useEffect } from "react";
import { announce } from "../shell/announcer";
import { Button } from "../ui/button";
import { LoadMore } from "../ui/load-more";
import { Panel } from "../ui/page";
import { SkeletonRows } from "../ui/skeleton";
import { EmptyState, ErrorNote, ErrorState } from "../ui/states";
import { words } from "../words";
import { ConnectionFilters } from "./connection-filters";
import { ConnectionRow } from "./connection-row";
import { NoConnections } from "./no-connections";
import { connectionsQuery } from "./queries";
import { useManage } from "./use-manage";

const said = words.connections;

export function ConnectionList({ mayAdd }: { mayAdd: boolean }) {
  const { q, status, owner } = useSearch({ from: "/shell/connections" });
  const navigate = useNavigate({ from: "/connections" });
  const list = useInfiniteQuery(
    connectionsQuery({
      ...(q ? { q } : {}),
      ...(status ? { status } : {}),
      ...(owner ? { owner } : {}),
    }),
  );
  const manages = useManage();
  const filtered = q !== undefined || status !== undefined || owner !== undefined;
  const found = list.data?.pages.flatMap(({ items }) => items);
  const shown = found?.length;
  const settled = shown !== undefined && !list.isPlaceholderData;
  useEffect(() => {
    if (settled && filtered) announce(said.shown(shown, list.hasNextPage));
  }, [settled, filtered, shown, list.hasNextPage]);

  if (list.error && !found)
    return <ErrorState error={list.error} retry={() => void list.refetch()} />;
  if (shown === 0 && !filtered) return <NoConnections mayChange={mayAdd} />;
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <ConnectionFilters />
      {list.isRefetchError ? (
        <ErrorNote error={list.error} retry={() => void list.refetch()} />
      ) : null}
      {found === undefined ? <SkeletonRows rows={4} className="h-21" /> : null}
      {shown === 0 ? (
        <EmptyState
          icon={<SearchX className="size-6" />}
          title={said.noneFound}
          actions={
            <Button onClick={() => void navigate({ search: {}, replace: true })}>
              {said.showAll}
            </Button>
          }
        >
          <p>{said.noneFoundHint}</p>
        </EmptyState>
      ) : null}
      {found && found.length > 0 ? (
        <Panel>
          <ul aria-label={said.list} className="divide-y divide-line">
            {found.map((connection) => (
              <ConnectionRow
                key={connection.id}
                connection={connection}
                mayChange={manages(connection)}
              />
            ))}
          </ul>
        </Panel>
      ) : null}
      <LoadMore list={list} />
    </div>
  );
}
