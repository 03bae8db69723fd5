import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { EmptyLine } from "../ui/empty-line";
import { LoadMore } from "../ui/load-more";
import { Panel } from "../ui/page";
import { SkeletonRows } from "../ui/skeleton";
import { ErrorNote } from "../ui/states";

/** A list with another below it, in each of its states. */
export function ListPanel<Item>({
  list,
  icon,
  empty,
  row,
}: {
  list: UseInfiniteQueryResult<InfiniteData<{ items: Item[] }>>;
  icon: ReactNode;
  empty: string;
  row: (item: Item) => ReactNode;
}) {
  const items = list.data?.pages.flatMap((page) => page.items);
  return (
    <>
      {list.isError && !list.isFetchNextPageError ? (
        <ErrorNote error={list.error} retry={() => void list.refetch()} />
      ) : null}
      {list.isPending ? <SkeletonRows rows={2} className="h-17" /> : null}
      {items?.length === 0 ? <EmptyLine icon={icon}>{empty}</EmptyLine> : null}
      {items?.length ? (
        <Panel>
          <ul className="divide-y divide-line">{items.map(row)}</ul>
        </Panel>
      ) : null}
      <LoadMore list={list} byHand />
    </>
  );
}
