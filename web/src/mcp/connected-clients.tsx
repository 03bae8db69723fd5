import { useInfiniteQuery } from "@tanstack/react-query";
import { MonitorSmartphone } from "lucide-react";
import type { McpClient } from "../../../shared/contracts/clients";
import { keysQuery } from "../teams/queries";
import { ForeignIcon, ForeignName, plainLine } from "../ui/foreign";
import { Section } from "../ui/page";
import { RelativeTime } from "../ui/time";
import { clients as clientWords } from "../words/clients";
import { InlineFacts } from "./inline-facts";
import { ListPanel } from "./list-panel";
import { clientsQuery } from "./queries";

const { connected: say } = clientWords;

export function ConnectedClients() {
  const clients = useInfiniteQuery(clientsQuery);
  const keys = useInfiniteQuery(keysQuery);
  const names = new Map(
    keys.data?.pages.flatMap(({ items }) => items).map(({ id, name }) => [id, name]),
  );
  return (
    <Section title={say.title}>
      <ListPanel
        list={clients}
        icon={<MonitorSmartphone aria-hidden className="size-5 shrink-0 text-muted" />}
        empty={say.empty}
        row={(client) => (
          <ClientRow key={client.id} client={client} keyName={keyNameOf(client, names)} />
        )}
      />
    </Section>
  );
}

/** How it signs in; undefined for a key of somebody else's. */
function keyNameOf(
  { keyId, grantId }: McpClient,
  names: ReadonlyMap<string, string>,
): string | undefined {
  if (keyId !== null) return names.get(keyId);
  return grantId === null ? say.session : say.grant;
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
        <InlineFacts
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
