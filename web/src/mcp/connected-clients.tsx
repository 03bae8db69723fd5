import { useInfiniteQuery } from "@tanstack/react-query";
import { MonitorSmartphone } from "lucide-react";
import type { McpClient } from "../../../shared/contracts/clients";
import { ForeignIcon, ForeignName, plainLine } from "../ui/foreign";
import { Panel, Section } from "../ui/page";
import { SkeletonRows } from "../ui/skeleton";
import { ErrorNote } from "../ui/states";
import { RelativeTime } from "../ui/time";
import { words } from "../words";
import { Facts } from "./facts";
import { NextPage } from "./next-page";
import { clientsQuery, keysQuery } from "./queries";

const { connected: say } = words.clients;

export function ConnectedClients() {
  const clients = useInfiniteQuery(clientsQuery);
  const keys = useInfiniteQuery(keysQuery);
  const names = new Map(
    keys.data?.pages.flatMap(({ items }) => items).map(({ id, name }) => [id, name]),
  );
  const listed = clients.data?.pages.flatMap(({ items }) => items);
  return (
    <Section title={say.title}>
      {clients.isError ? (
        <ErrorNote error={clients.error} retry={() => void clients.refetch()} />
      ) : null}
      {clients.isPending ? <SkeletonRows rows={2} className="h-17" /> : null}
      {listed?.length === 0 ? (
        <Panel className="flex min-h-14 items-center gap-2.5 px-4 py-3 text-sm">
          <MonitorSmartphone aria-hidden className="size-5 shrink-0 text-muted" />
          {say.empty}
        </Panel>
      ) : null}
      {listed?.length ? (
        <Panel>
          <ul className="divide-y divide-line">
            {listed.map((client) => (
              <ClientRow
                key={client.id}
                client={client}
                keyName={client.keyId === null ? say.session : names.get(client.keyId)}
              />
            ))}
          </ul>
        </Panel>
      ) : null}
      <NextPage list={clients} />
    </Section>
  );
}

function ClientRow({ client, keyName }: { client: McpClient; keyName: string | undefined }) {
  const name = client.title ?? client.name;
  return (
    <li className="flex min-w-0 items-start gap-3 px-4 py-3">
      <ForeignIcon name={name} />
      <div className="min-w-0 flex-1">
        <h3 className="text-sm wrap-anywhere">
          <ForeignName>{name}</ForeignName>{" "}
          {client.version ? (
            <bdi className="font-normal text-muted">{plainLine(client.version, 40)}</bdi>
          ) : null}
        </h3>
        <Facts
          facts={[
            [say.protocol, client.protocolVersion],
            [say.key, keyName === undefined ? say.otherKey : <bdi>{plainLine(keyName, 80)}</bdi>],
            [say.lastSeen, <RelativeTime at={client.lastSeenAt} />],
            [say.firstSeen, <RelativeTime at={client.firstSeenAt} />],
          ]}
        />
      </div>
    </li>
  );
}
