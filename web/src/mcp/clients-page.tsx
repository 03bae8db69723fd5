import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import type { CreatedApiKey } from "../../../shared/contracts/teams";
import { useMay } from "../shell/use-may";
import { plainLine } from "../ui/foreign";
import { Page, Panel } from "../ui/page";
import { words } from "../words";
import { ClientChoice } from "./client-choice";
import { keyPlaceholder } from "./configs";
import { ConnectedClients } from "./connected-clients";
import { endpointOf, serverNameOf } from "./endpoint";
import { Grants } from "./grants";
import { calledOf, instructions } from "./instructions";
import { KeyChoice } from "./key-choice";
import { KeyList } from "./key-list";
import { Machines } from "./machines";
import { sampleCallQuery } from "./queries";
import { ScopeChoice } from "./scope-choice";
import type { ClientsSearch } from "./search";
import { Steps } from "./steps";
import { WaitingForClient, WaitingForProgram } from "./waiting";

const say = words.clients;

export function ClientsPage() {
  const { client = "claude-code", connection } = useSearch({ from: "/shell/clients" });
  const navigate = useNavigate();
  const [made, setMade] = useState<CreatedApiKey>();
  const isProgram = client === "rest";
  const mayManage = useMay("clients.manage");
  const sample = useQuery({ ...sampleCallQuery(connection), enabled: isProgram }).data;
  const endpoint = endpointOf(location.origin, connection);
  const called = calledOf(client);
  const search = (change: ClientsSearch) =>
    void navigate({
      to: "/clients",
      search: { client, ...change },
      replace: true,
      resetScroll: false,
    });
  const steps = instructions({
    client,
    endpoint,
    key: made?.apiKey ?? null,
    name: serverNameOf(connection),
    sample: sample
      ? { ...sample, title: plainLine(sample.tool.title ?? sample.tool.name, 60) }
      : undefined,
  });
  const waiting = { endpoint, keyId: made?.id };
  return (
    <Page title={say.title} description={say.description}>
      <ClientChoice
        value={client}
        onChange={(chosen) => search({ client: chosen, ...(connection && { connection }) })}
      />
      <Panel className="divide-y divide-line">
        <div className="grid gap-x-8 gap-y-6 p-4 sm:p-5 md:grid-cols-2">
          <ScopeChoice
            connection={connection}
            onChange={(chosen) => search(chosen === undefined ? {} : { connection: chosen })}
            address={isProgram ? `${location.origin}/api/v1` : endpoint}
            isProgram={isProgram}
          />
          <KeyChoice
            keyName={say.choose.names[client]}
            called={called}
            hasPlaceholder={JSON.stringify(steps).includes(keyPlaceholder)}
            made={made}
            onMade={setMade}
          />
        </div>
        <section className="p-4 sm:p-5">
          <Steps key={client} instructions={steps} />
        </section>
        <section aria-label={say.waiting.title} className="p-4 sm:p-5">
          {isProgram ? (
            <WaitingForProgram key={made?.id} {...waiting} />
          ) : (
            <WaitingForClient key={`${client}/${made?.id ?? ""}`} called={called} {...waiting} />
          )}
        </section>
      </Panel>
      <Grants />
      <ConnectedClients />
      <KeyList
        newest={made?.id}
        onRevoked={(id) => setMade((key) => (key?.id === id ? undefined : key))}
      />
      {mayManage ? <Machines /> : null}
    </Page>
  );
}
