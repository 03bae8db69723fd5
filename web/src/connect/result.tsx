import { CircleAlert, TriangleAlert } from "lucide-react";
import { useEffect, useRef } from "react";
import type { Connection } from "../../../shared/contracts/connections";
import type { Connector } from "../../../shared/contracts/connectors";
import { adviceFor } from "../connections/advice";
import { Warnings } from "../connections/warnings";
import { announce } from "../shell/announcer";
import { Button } from "../ui/button";
import { ForeignIcon, plainLine } from "../ui/foreign";
import { ForeignText } from "../ui/foreign-text";
import { Panel } from "../ui/page";
import { words } from "../words";
import { connect as connectWords } from "../words/connect";
import { InitialsTile } from "./initials-tile";
import { ResultFacts } from "./result-facts";
import { ResultNext } from "./result-next";
import { scopesInWords } from "./scopes-in-words";

const said = words.connections.result;
const say = connectWords.result;

/** What works now, and what to do with it. `connector` is known for vendors. */
export function Result({
  connection,
  connector,
  again,
  onAnother,
}: {
  connection: Connection;
  connector: Connector | undefined;
  again: boolean;
  onAnother: () => void;
}) {
  const { server, lastError, status } = connection;
  const name = plainLine(connection.name, 80);
  const works = status === "connected" || status === "expiring";
  const title = works ? (again ? say.again(name) : said.connected(name)) : said.saved(name);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus();
    announce(title);
  }, [title]);
  const missing = scopesInWords(connection.auth.missingScopes, connection, connector);
  return (
    <Panel className="flex flex-col gap-6 p-5">
      <div className="flex items-start gap-3">
        {connector ? (
          <InitialsTile name={connector.name} category={connector.category} />
        ) : (
          <ForeignIcon icons={server?.icons} name={connection.name} className="size-10" />
        )}
        <div className="min-w-0">
          <h2 ref={heading} tabIndex={-1} className="text-lg outline-none wrap-anywhere">
            {title}
          </h2>
          {server ? (
            <p className="text-sm wrap-anywhere text-muted">
              <bdi>{plainLine(server.title ?? server.name, 80)}</bdi>{" "}
              <bdi>{plainLine(server.version ?? "", 40)}</bdi>
            </p>
          ) : connector && connector.name !== name ? (
            <p className="text-sm wrap-anywhere text-muted">{connector.name}</p>
          ) : null}
        </div>
      </div>
      <ResultFacts connection={connection} connector={connector} />
      {lastError ? (
        <div className="flex items-start gap-2.5">
          <CircleAlert aria-hidden className="mt-0.5 size-4.5 shrink-0 text-danger" />
          <div className="flex min-w-0 flex-col gap-1">
            <ForeignText>{lastError.message}</ForeignText>
            <p>{adviceFor(lastError.code)}</p>
            {connection.connector === "mcp" ? <p className="text-muted">{said.savedWhy}</p> : null}
          </div>
        </div>
      ) : null}
      {missing.length > 0 ? (
        <div className="flex items-start gap-2.5 rounded-xl bg-warning-soft p-3.5 text-sm">
          <TriangleAlert aria-hidden className="mt-0.5 size-4.5 shrink-0 text-warning" />
          <div className="min-w-0">
            <p>{say.missing}</p>
            <ul className="list-disc pl-5">
              {missing.map((scope) => (
                <li key={scope} className="wrap-anywhere">
                  {scope}
                </li>
              ))}
            </ul>
          </div>
        </div>
      ) : null}
      <Warnings warnings={connection.warnings} />
      <ResultNext connection={connection} />
      <Button className="self-start" onClick={onAnother}>
        {said.another}
      </Button>
    </Panel>
  );
}
