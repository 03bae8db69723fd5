import type { InfiniteData, QueryClient } from "@tanstack/react-query";
import type { Connection } from "../../../shared/contracts/connections";
import type { Page } from "../../../shared/contracts/pages";
import { connectionKeys } from "./queries";

type Pages = InfiniteData<Page<Connection>, string>;

/** Changes a connection wherever it is shown. */
export function changeShown(
  queries: QueryClient,
  id: string,
  change: (connection: Connection) => Connection,
): void {
  const changed = (connection: Connection) =>
    connection.id === id ? change(connection) : connection;
  queries.setQueriesData<Connection>(
    { queryKey: connectionKeys.ones },
    (known) => known && changed(known),
  );
  queries.setQueriesData<Pages>(
    { queryKey: connectionKeys.lists },
    (known) =>
      known && {
        ...known,
        pages: known.pages.map((page) => ({ ...page, items: page.items.map(changed) })),
      },
  );
}

export const showAnew = (queries: QueryClient, connection: Connection): void =>
  changeShown(queries, connection.id, () => connection);

/** A connection as it is shown now, if it is. */
export function shownConnection(queries: QueryClient, id: string): Connection | undefined {
  const single = queries
    .getQueriesData<Connection>({ queryKey: connectionKeys.ones })
    .find(([, known]) => known?.id === id)?.[1];
  const listed = () =>
    queries
      .getQueriesData<Pages>({ queryKey: connectionKeys.lists })
      .flatMap(([, known]) => known?.pages.flatMap(({ items }) => items) ?? [])
      .find((known) => known.id === id);
  return single ?? listed();
}
