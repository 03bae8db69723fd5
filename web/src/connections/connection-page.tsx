import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { Page } from "../ui/page";
import { Skeleton, SkeletonRows } from "../ui/skeleton";
import { ErrorNote, ErrorState } from "../ui/states";
import { words } from "../words";
import { BackToConnections } from "./back-to-connections";
import { shownConnection } from "./cache";
import { ConnectionOverview } from "./connection-overview";
import { connectionQuery } from "./queries";
import { useConnectionNews } from "./use-news";

export function ConnectionPage() {
  const { id } = useParams({ from: "/shell/connections/$id" });
  const queries = useQueryClient();
  const connection = useQuery({
    ...connectionQuery(id),
    placeholderData: () => shownConnection(queries, id),
  });
  useConnectionNews();
  if (connection.data)
    return (
      <ConnectionOverview
        key={connection.data.id}
        connection={connection.data}
        note={
          connection.error ? (
            <ErrorNote error={connection.error} retry={() => void connection.refetch()} />
          ) : null
        }
      />
    );
  return (
    <Page title={words.connections.page.title} above={<BackToConnections />}>
      {connection.error ? (
        <ErrorState error={connection.error} retry={() => void connection.refetch()} />
      ) : (
        <>
          <Skeleton className="h-6 w-72 max-w-full" />
          <div className="grid gap-4 lg:grid-cols-2">
            <Skeleton className="h-64 rounded-xl" />
            <Skeleton className="h-64 rounded-xl" />
          </div>
          <SkeletonRows rows={3} />
        </>
      )}
    </Page>
  );
}
