import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { BackToConnections } from "../connections/back-to-connections";
import { connectionQuery } from "../connections/queries";
import { Page } from "../ui/page";
import { SkeletonRows } from "../ui/skeleton";
import { ErrorState } from "../ui/states";
import { connect as connectWords } from "../words/connect";
import { connectorQuery } from "./queries";
import { Result } from "./result";

/** What became of it: it can be opened again, and says what is the case then. */
export function ConnectedPage({ id, again }: { id: string; again: boolean }) {
  const { data, error, refetch } = useQuery({ ...connectionQuery(id), refetchInterval: false });
  const navigate = useNavigate();
  const connector = useQuery({
    ...connectorQuery(data?.connector ?? ""),
    enabled: data !== undefined && data.connector !== "mcp",
  });
  return (
    <Page title={connectWords.title} above={<BackToConnections />}>
      <div className="w-full max-w-2xl">
        {data ? (
          <Result
            connection={data}
            connector={connector.data}
            again={again}
            onAnother={() => void navigate({ to: "/connections/new", search: {} })}
          />
        ) : error ? (
          <ErrorState error={error} retry={() => void refetch()} />
        ) : (
          <SkeletonRows rows={3} className="h-20" />
        )}
      </div>
    </Page>
  );
}
