import { useQuery } from "@tanstack/react-query";
import type { Connection } from "../../../shared/contracts/connections";
import { BackToConnections } from "../connections/back-to-connections";
import { connectionQuery } from "../connections/queries";
import { plainLine } from "../ui/foreign";
import { Page } from "../ui/page";
import { SkeletonRows } from "../ui/skeleton";
import { ErrorState } from "../ui/states";
import { connect as connectWords } from "../words/connect";
import { draftOf } from "./draft";
import { typedInto } from "./kept";
import { McpSetup } from "./mcp-setup";
import { connectorQuery } from "./queries";
import { Setup } from "./setup";
import { About, Narrow, NotThere } from "./setup-page";

const say = connectWords.setup;

/** A connection that is there is signed in to anew: its id, tools, rules and history stay. */
export function ReconnectPage({ id }: { id: string }) {
  const connection = useQuery({ ...connectionQuery(id), refetchInterval: false });
  const { data, error } = connection;
  const title = data ? say.again(plainLine(data.name, 80)) : connectWords.title;
  return (
    <Page
      title={title}
      above={<BackToConnections />}
      {...(data ? { description: say.againWhy } : {})}
    >
      {data ? (
        <Narrow>
          {data.connector === "mcp" ? (
            <McpSetup connection={data} owners={[data.owner.kind]} />
          ) : (
            <Vendor connection={data} />
          )}
        </Narrow>
      ) : error ? (
        <ErrorState error={error} retry={() => void connection.refetch()} />
      ) : (
        <SkeletonRows rows={3} className="h-24" />
      )}
    </Page>
  );
}

function Vendor({ connection }: { connection: Connection }) {
  const connector = useQuery(connectorQuery(connection.connector));
  const { data } = connector;
  if (!data) return <NotThere error={connector.error} retry={() => void connector.refetch()} />;
  return (
    <>
      <About connector={data} />
      <Setup
        connector={data}
        connection={connection}
        owners={[connection.owner.kind]}
        first={() => ({
          ...draftOf(data, connection),
          ...typedInto({ reconnect: connection.id }).draft,
        })}
      />
    </>
  );
}
