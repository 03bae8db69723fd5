import { ExternalLink } from "lucide-react";
import type { Connection } from "../../../shared/contracts/connections";
import { plainLine } from "../ui/foreign";
import { words } from "../words";
import { httpsUrl } from "./address";
import { Fact, FactsPanel, When } from "./facts";

const said = words.connections.page;

/** Where the server is and what it says of itself. */
export function ServerPanel({ connection }: { connection: Connection }) {
  const { config, server, slug, createdAt } = connection;
  const website = httpsUrl(server?.websiteUrl);
  return (
    <FactsPanel title={said.server}>
      <Fact name={said.address}>
        <code className="wrap-anywhere">{plainLine(config.url, 2048)}</code>
      </Fact>
      <Fact name={said.identity}>
        {server ? <ServerName server={server} /> : words.connections.neverReached}
      </Fact>
      {website ? (
        <Fact name={said.website}>
          <a
            href={website.href}
            target="_blank"
            rel="noopener noreferrer"
            className="inline-flex min-h-7 items-center gap-1.5 text-accent underline"
          >
            {website.host}
            <ExternalLink aria-hidden className="size-3.5 shrink-0" />
          </a>
        </Fact>
      ) : null}
      <Fact name={said.transport}>
        {words.connections.transport[server?.transport ?? config.transport]}
      </Fact>
      <Fact name={said.headers}>
        {config.headerNames.length === 0 ? (
          said.noHeaders
        ) : (
          <>
            {config.headerNames.map((name) => plainLine(name, 100)).join(", ")}{" "}
            <span className="text-muted">({said.sealed})</span>
          </>
        )}
      </Fact>
      <Fact name={said.slug}>
        <code>{slug}</code>
        <span className="block text-[0.8125rem] text-muted">{said.slugHint}</span>
      </Fact>
      <Fact name={said.created}>
        <When at={createdAt} />
      </Fact>
    </FactsPanel>
  );
}

function ServerName({ server }: { server: NonNullable<Connection["server"]> }) {
  const { name, title, version } = server;
  return (
    <>
      {title || name ? <bdi>{plainLine(title ?? name, 120)}</bdi> : said.unnamed}
      {version ? (
        <>
          {" "}
          <bdi className="text-muted">{plainLine(version, 60)}</bdi>
        </>
      ) : null}
      {title && title !== name ? (
        <bdi className="block text-[0.8125rem] text-muted">{plainLine(name, 120)}</bdi>
      ) : null}
    </>
  );
}
