import { CircleCheck, Clock } from "lucide-react";
import type { ReactNode } from "react";
import type { Connection } from "../../../shared/contracts/connections";
import type { Connector } from "../../../shared/contracts/connectors";
import { plainLine } from "../ui/foreign";
import { formatDuration, RelativeTime } from "../ui/time";
import { words } from "../words";
import { connect as connectWords } from "../words/connect";
import { scopesInWords } from "./scopes-in-words";

const said = words.connections.result;
const say = connectWords.result;

/** What is the case now, a line each. */
export function ResultFacts({
  connection,
  connector,
}: {
  connection: Connection;
  connector: Connector | undefined;
}) {
  const { server, counts, auth, config, owner } = connection;
  const granted = scopesInWords(auth.scopes, connection, connector);
  return (
    <ul className="flex flex-col gap-2">
      {auth.account === null ? null : <Fact>{say.account(plainLine(auth.account, 120))}</Fact>}
      {connection.responseTimeMs === null ? null : (
        <Fact>
          {connector
            ? say.answered(connector.name, formatDuration(connection.responseTimeMs))
            : said.answered(formatDuration(connection.responseTimeMs))}
        </Fact>
      )}
      {server ? <Fact>{said.offers(counts)}</Fact> : null}
      {server ? (
        <Fact>{words.connections.eraOf(plainLine(server.protocolVersion, 20), server.era)}</Fact>
      ) : null}
      {granted.length > 0 ? (
        <Fact>
          {say.may}
          <ul className="list-disc pl-5 text-sm text-muted">
            {granted.map((scope) => (
              <li key={scope} className="wrap-anywhere">
                {scope}
              </li>
            ))}
          </ul>
        </Fact>
      ) : null}
      {config.headerNames.length > 0 && !connector ? (
        <Fact>{said.sealed(config.headerNames.length)}</Fact>
      ) : null}
      {auth.refreshes ? <Fact>{say.renews}</Fact> : null}
      {!auth.refreshes && auth.expiresAt !== null ? (
        <li className="flex items-start gap-2.5">
          <Clock aria-hidden className="mt-0.5 size-4.5 shrink-0 text-warning" />
          <span>
            {say.ends} <RelativeTime at={auth.expiresAt} />
          </span>
        </li>
      ) : null}
      <Fact>{say.owner[owner.kind]}</Fact>
    </ul>
  );
}

const Fact = ({ children }: { children: ReactNode }) => (
  <li className="flex items-start gap-2.5">
    <CircleCheck aria-hidden className="mt-0.5 size-4.5 shrink-0 text-success" />
    <div className="min-w-0 wrap-anywhere">{children}</div>
  </li>
);
