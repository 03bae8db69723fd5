import { useInfiniteQuery } from "@tanstack/react-query";
import { SearchX, Wrench } from "lucide-react";
import { useEffect, useMemo, useRef, type KeyboardEvent } from "react";
import { announce } from "../../shell/announcer";
import { Button, ButtonLink } from "../../ui/button";
import { LoadMore } from "../../ui/load-more";
import { SearchInput } from "../../ui/search-input";
import { SkeletonRows } from "../../ui/skeleton";
import { EmptyState, ErrorNote, ErrorState } from "../../ui/states";
import { words } from "../../words";
import { toolsQuery } from "../queries";
import type { PlaygroundSearch } from "../search";
import { ConnectionFilter } from "./connection-filter";
import { byConnection } from "./by-connection";
import { moveFocus } from "./move-focus";
import { ToolGroup } from "./tool-group";

const { list } = words.playground;

/** The tools to choose from, searched by the hub and loaded as one scrolls. */
export function ToolList({
  search,
  toolId,
  onSearch,
}: {
  search: PlaygroundSearch;
  toolId: string | undefined;
  onSearch: (change: PlaygroundSearch) => void;
}) {
  const tools = useInfiniteQuery(toolsQuery(search));
  const frame = useRef<HTMLDivElement>(null);
  const items = useMemo(() => tools.data?.pages.flatMap((page) => page.items) ?? [], [tools.data]);
  const groups = useMemo(() => byConnection(items), [items]);
  const isFiltered = search.q !== undefined || search.connection !== undefined;
  useFoundAnnouncement(search, tools.isFetching, list.found(items.length, tools.hasNextPage));
  const onKeyDown = (event: KeyboardEvent) => {
    if (frame.current && moveFocus(frame.current, event.key)) event.preventDefault();
  };
  return (
    <div ref={frame} className="flex min-w-0 flex-col gap-3" onKeyDown={onKeyDown}>
      <div className="flex flex-col gap-2 bg-canvas pb-1 lg:sticky lg:-top-6 lg:z-10 lg:-mt-3 lg:pt-3">
        <SearchInput
          label={list.search}
          value={search.q ?? ""}
          onChange={(q) => onSearch({ ...search, q })}
        />
        <ConnectionFilter
          value={search.connection}
          onChange={(connection) => onSearch({ ...search, connection })}
        />
      </div>
      {tools.isPending ? <SkeletonRows rows={8} className="h-12" /> : null}
      {tools.error && items.length === 0 ? (
        <ErrorState error={tools.error} retry={() => void tools.refetch()} />
      ) : null}
      {tools.data && items.length === 0 ? (
        <NothingHere isFiltered={isFiltered} clear={() => onSearch({ q: "", connection: "" })} />
      ) : null}
      <nav aria-label={list.title} className="flex min-w-0 flex-col gap-4">
        {groups.map((group) => (
          <ToolGroup key={group.connectionId} group={group} search={search} toolId={toolId} />
        ))}
      </nav>
      {items.length > 0 && tools.isRefetchError ? (
        <ErrorNote error={tools.error} retry={() => void tools.refetch()} />
      ) : null}
      <LoadMore list={tools} />
    </div>
  );
}

function NothingHere({ isFiltered, clear }: { isFiltered: boolean; clear: () => void }) {
  if (isFiltered)
    return (
      <EmptyState
        icon={<SearchX className="size-6" />}
        title={list.nothingFound}
        actions={<Button onClick={clear}>{list.clear}</Button>}
      >
        <p>{list.nothingFoundWayOn}</p>
      </EmptyState>
    );
  return (
    <EmptyState
      icon={<Wrench className="size-6" />}
      title={list.noTools}
      actions={
        <ButtonLink to="/connections/new" look="primary">
          {list.connect}
        </ButtonLink>
      }
    >
      <p>{list.noToolsWayOn}</p>
    </EmptyState>
  );
}

/** Says how many were found once a search has been answered, and nothing on the first look. */
function useFoundAnnouncement(
  { q, connection }: PlaygroundSearch,
  isFetching: boolean,
  text: string,
): void {
  const wanted = `${q ?? ""}\n${connection ?? ""}`;
  const said = useRef(wanted);
  useEffect(() => {
    if (isFetching || said.current === wanted) return;
    said.current = wanted;
    announce(text);
  }, [isFetching, wanted, text]);
}
