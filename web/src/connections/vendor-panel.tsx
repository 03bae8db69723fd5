import { useQuery } from "@tanstack/react-query";
import type { Connection } from "../../../shared/contracts/connections";
import { connectorQuery } from "../connect/queries";
import { plainLine } from "../ui/foreign";
import { formatDuration } from "../ui/time";
import { words } from "../words";
import { life } from "../words/connection-life";
import { ExpiryText } from "./expiry-text";
import { Fact, FactsPanel, When } from "./facts";
import { useVendor } from "./use-vendor";

const say = life.panel;

/** Which account at which vendor it is. */
export function VendorPanel({ connection }: { connection: Connection }) {
  const { data: connector } = useQuery(connectorQuery(connection.connector));
  const vendor = useVendor(connection);
  const { auth, params, owner, slug, createdAt } = connection;
  const labels = new Map(connector?.params.map(({ name, label }) => [name, label]));
  return (
    <FactsPanel title={say.vendor}>
      <Fact name={say.connector}>{vendor?.name ?? connection.connector}</Fact>
      <Fact name={say.account}>
        {auth.account === null ? say.noAccount : <bdi>{plainLine(auth.account, 200)}</bdi>}
      </Fact>
      {Object.entries(params).map(([name, value]) => (
        <Fact key={name} name={labels.get(name) ?? plainLine(name, 60)}>
          <bdi>{plainLine(value, 500)}</bdi>
        </Fact>
      ))}
      <Fact name={life.owner.label}>
        {life.owner[owner.kind]}
        <span className="block text-[0.8125rem] text-muted">{life.owner[`${owner.kind}Why`]}</span>
      </Fact>
      <Fact name={words.connections.page.slug}>
        <code>{slug}</code>
      </Fact>
      <Fact name={say.created}>
        <When at={createdAt} />
      </Fact>
    </FactsPanel>
  );
}

/** How it goes with it: whether it works, since when, for how long. */
export function LifePanel({ connection }: { connection: Connection }) {
  const { auth, lastUsedAt, lastSyncedAt, responseTimeMs, errorCount } = connection;
  return (
    <FactsPanel title={say.life}>
      <Fact name={say.signIn}>{auth.label}</Fact>
      <Fact name={say.expiry}>
        <ExpiryText connection={connection} />
      </Fact>
      <Fact name={say.tested}>
        {responseTimeMs === null ? say.neverTested : formatDuration(responseTimeMs)}
        {responseTimeMs !== null && lastSyncedAt !== null ? <When at={lastSyncedAt} /> : null}
      </Fact>
      <Fact name={say.lastUsed}>
        {lastUsedAt === null ? life.neverUsed : <When at={lastUsedAt} />}
      </Fact>
      <Fact name={say.failures}>
        {errorCount === 0 ? say.noFailures : life.failures(errorCount)}
      </Fact>
      <Fact name={say.tools}>
        {say.noTools}
        <span className="block text-[0.8125rem] text-muted">{say.noToolsWhy}</span>
      </Fact>
    </FactsPanel>
  );
}
