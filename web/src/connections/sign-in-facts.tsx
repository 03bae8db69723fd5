import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { Connection } from "../../../shared/contracts/connections";
import { useNames } from "../audit/use-names";
import { connectorQuery } from "../connect/queries";
import { plainLine } from "../ui/foreign";
import { Panel } from "../ui/page";
import { RelativeTime } from "../ui/time";
import { life } from "../words/connection-life";
import { ExpiryText } from "./expiry-text";
import { Fact, When } from "./facts";
import { expiryOf, isMcp } from "./standing";

const say = life.signIn;

export function SignInFacts({
  connection,
  children,
}: {
  connection: Connection;
  children: ReactNode;
}) {
  const { auth, createdAt, createdBy, createdFrom } = connection;
  const names = useNames();
  const { data: connector } = useQuery({
    ...connectorQuery(connection.connector),
    enabled: !isMcp(connection),
  });
  const method = connector?.methods.find(({ id }) => id === auth.method);
  const labels = new Map(method?.fields.map(({ name, label }) => [name, label]));
  const expiry = expiryOf(connection, Date.now());
  const fields = auth.fieldNames.map((name) => labels.get(name) ?? plainLine(name, 100));
  return (
    <section className="flex flex-col gap-3">
      <h2 className="text-base">{say.title}</h2>
      <Panel className="flex flex-col gap-2.5 p-5">
        <dl className="flex flex-col gap-2.5">
          <Fact name={say.method}>{auth.label}</Fact>
          {auth.account === null ? null : (
            <Fact name={say.account}>
              <bdi>{plainLine(auth.account, 200)}</bdi>
            </Fact>
          )}
          {fields.length > 0 ? (
            <Fact name={say.fields}>
              {fields.join(", ")} <span className="text-muted">({say.sealed})</span>
            </Fact>
          ) : auth.consentedAt === null ? (
            <Fact name={say.fields}>{say.nothing}</Fact>
          ) : null}
          {auth.consentedAt === null ? null : (
            <Fact name={say.consented}>
              <When at={auth.consentedAt} />
            </Fact>
          )}
          {auth.rotatedAt === null || auth.consentedAt !== null ? null : (
            <Fact name={say.replaced}>
              <When at={auth.rotatedAt} />
            </Fact>
          )}
          {auth.fieldNames.length === 0 && auth.consentedAt === null ? null : (
            <Fact name={say.expiry}>
              <ExpiryText connection={connection} />
              {["unknown", "none", "over", "ended"].includes(expiry.kind) ? null : (
                <span className="block text-[0.8125rem] text-muted">
                  {expiry.kind === "renews" ? life.expiry.renewsWhy : life.expiry.endsWhy}
                </span>
              )}
            </Fact>
          )}
          <Fact name={say.made}>
            <RelativeTime at={createdAt} />
            {createdBy === null ? null : ` ${life.panel.by} ${names.person(createdBy)}`}
            {createdFrom.address === null ? null : (
              <span className="block text-[0.8125rem] text-muted">
                {say.from(plainLine(createdFrom.address, 60))}
                {createdFrom.userAgent === null ? null : (
                  <bdi>, {plainLine(createdFrom.userAgent, 120)}</bdi>
                )}
              </span>
            )}
          </Fact>
        </dl>
        {children}
      </Panel>
    </section>
  );
}
