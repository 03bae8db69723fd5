import type { ReactNode } from "react";
import type { Connection } from "../../../shared/contracts/connections";
import { plainLine } from "../ui/foreign";
import { RelativeTime } from "../ui/time";
import { words } from "../words";
import { life } from "../words/connection-life";
import { hostOf } from "./address";
import { ExpiryText } from "./expiry-text";
import { expiryOf, isMcp } from "./standing";
import { useVendor } from "./use-vendor";

const said = words.connections;

/** What one wants to know of it in the list, side by side where there is room. */
export function RowFacts({ connection }: { connection: Connection }) {
  const vendor = useVendor(connection);
  const facts = isMcp(connection) ? serverFacts(connection) : vendorFacts(connection, vendor?.name);
  return (
    <ul className="flex min-w-0 flex-wrap gap-x-3 text-[0.8125rem] text-muted">
      {[...facts, ...lifeFacts(connection)].map((fact, index) => (
        <li key={index} className="flex min-w-0 gap-3">
          {index > 0 ? (
            <span aria-hidden className="max-sm:hidden">
              ·
            </span>
          ) : null}
          <span className="min-w-0 wrap-anywhere">{fact}</span>
        </li>
      ))}
    </ul>
  );
}

const serverFacts = ({ config, counts, server, lastSyncedAt }: Connection): ReactNode[] => [
  <bdi key="host">{plainLine(hostOf(config.url), 80)}</bdi>,
  ...(server
    ? [said.counts(counts), said.protocol(plainLine(server.protocolVersion, 20), server.era)]
    : []),
  lastSyncedAt === null ? (
    said.neverSynced
  ) : (
    <span key="synced">
      {said.synced} <RelativeTime at={lastSyncedAt} />
    </span>
  ),
];

const vendorFacts = ({ name, connector, auth }: Connection, vendor = connector): ReactNode[] => [
  ...(vendor === name ? [] : [vendor]),
  auth.account === null ? auth.label : <bdi key="account">{plainLine(auth.account, 80)}</bdi>,
];

/** Of a sign-in that ends or is renewed; a key of which nothing is known says nothing. */
function lifeFacts(connection: Connection): ReactNode[] {
  const { lastUsedAt } = connection;
  const { kind } = expiryOf(connection, Date.now());
  return [
    ...(kind === "unknown" || kind === "none"
      ? []
      : [<ExpiryText key="expiry" connection={connection} />]),
    ...(lastUsedAt === null
      ? []
      : [
          <span key="used">
            {life.used} <RelativeTime at={lastUsedAt} />
          </span>,
        ]),
  ];
}
