import { useQuery } from "@tanstack/react-query";
import { Check, X } from "lucide-react";
import type { ReactNode } from "react";
import type { Connection } from "../../../shared/contracts/connections";
import { connectorQuery } from "../connect/queries";
import { scopesInWords } from "../connect/scopes-in-words";
import { Panel } from "../ui/page";
import { life } from "../words/connection-life";
import { isMcp } from "./standing";

const say = life.signIn;

/** What was granted there and what was not, in words where the connector has them. */
export function ScopesPanel({ connection }: { connection: Connection }) {
  const { auth, status } = connection;
  const { data: connector } = useQuery({
    ...connectorQuery(connection.connector),
    enabled: !isMcp(connection),
  });
  const granted = scopesInWords(auth.scopes, connection, connector);
  // Of one that nobody has signed in to yet, they are what will be asked for.
  const missing =
    status === "pending" ? [] : scopesInWords(auth.missingScopes, connection, connector);
  if (granted.length === 0 && missing.length === 0) return null;
  return (
    <Panel className="flex flex-col gap-4 p-5 text-sm">
      {granted.length > 0 ? (
        <Scopes
          title={say.granted}
          scopes={granted}
          icon={<Check aria-hidden className="mt-0.5 size-4 shrink-0 text-success" />}
        />
      ) : null}
      {missing.length > 0 ? (
        <Scopes
          title={say.missing}
          scopes={missing}
          icon={<X aria-hidden className="mt-0.5 size-4 shrink-0 text-warning" />}
        >
          <p className="text-muted">{say.missingWhy}</p>
        </Scopes>
      ) : null}
    </Panel>
  );
}

const Scopes = ({
  title,
  scopes,
  icon,
  children,
}: {
  title: string;
  scopes: readonly string[];
  icon: ReactNode;
  children?: ReactNode;
}) => (
  <section className="flex flex-col gap-2">
    <h2 className="text-base">{title}</h2>
    <ul className="flex flex-col gap-1.5">
      {scopes.map((scope) => (
        <li key={scope} className="flex items-start gap-2">
          {icon}
          <bdi className="min-w-0 wrap-anywhere">{scope}</bdi>
        </li>
      ))}
    </ul>
    {children}
  </section>
);
