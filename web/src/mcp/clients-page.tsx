import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import type { CreatedApiKey } from "../../../shared/contracts/teams";
import { meQuery } from "../shell/queries";
import { useMay } from "../shell/use-may";
import { plainLine } from "../ui/foreign";
import { Page, Panel } from "../ui/page";
import { clients as clientWords } from "../words/clients";
import { ClientChoice } from "./client-choice";
import { keyPlaceholder } from "./configs";
import { ConnectedClients } from "./connected-clients";
import { endpointOf, serverNameOf } from "./endpoint";
import { Grants } from "./grants";
import { instructions } from "./instructions";
import { KeyChoice } from "./key-choice";
import { KeyList } from "./key-list";
import { Machines } from "./machines";
import { sampleCallQuery } from "./queries";
import { ScopeChoice } from "./scope-choice";
import type { ClientsSearch } from "./search";
import { SignInChoice } from "./sign-in-choice";
import { calledOf } from "./step";
import { Steps } from "./steps";
import { WaitingForClient, WaitingForProgram } from "./waiting";

const say = clientWords;

export function ClientsPage() {
  const chosen = useSearch({ from: "/shell/clients" });
  const { client = "claude-code", connection } = chosen;
  const navigate = useNavigate();
  const { data: me } = useSuspenseQuery(meQuery);
  const [made, setMade] = useState<CreatedApiKey>();
  const isProgram = client === "rest";
  const way = isProgram ? "key" : (chosen.signIn ?? "account");
  const mayManage = useMay("clients.manage");
  const sample = useQuery({ ...sampleCallQuery(connection), enabled: isProgram }).data;
  const endpoint = endpointOf(location.origin, connection);
  const called = calledOf(client);
  const choose = (search: ClientsSearch) =>
    void navigate({ to: "/clients", search, replace: true, resetScroll: false });
  const steps = instructions({
    client,
    endpoint,
    ...(way === "key" && { key: made?.apiKey ?? null }),
    name: serverNameOf(connection),
    sample: sample
      ? { ...sample, title: plainLine(sample.tool.title ?? sample.tool.name, 60) }
      : undefined,
  });
  const keyChoice = (
    <KeyChoice
      keyName={say.choose.names[client]}
      called={called}
      hasPlaceholder={JSON.stringify(steps).includes(keyPlaceholder)}
      made={made}
      onMade={setMade}
    />
  );
  return (
    <Page title={say.title} description={say.description}>
      <ClientChoice value={client} onChange={(next) => choose({ ...chosen, client: next })} />
      <Panel className="divide-y divide-line">
        <div className="grid gap-x-8 gap-y-6 p-4 sm:p-5 md:grid-cols-2">
          <ScopeChoice
            connection={connection}
            onChange={(next) => {
              const { connection: _, ...rest } = chosen;
              choose(next === undefined ? rest : { ...rest, connection: next });
            }}
            address={isProgram ? `${location.origin}/api/v1` : endpoint}
            isProgram={isProgram}
          />
          {isProgram ? (
            keyChoice
          ) : (
            <SignInChoice
              value={way}
              onChange={(next) => {
                const { signIn: _, ...rest } = chosen;
                choose(next === "account" ? rest : { ...rest, signIn: next });
              }}
            >
              {keyChoice}
            </SignInChoice>
          )}
        </div>
        <section className="p-4 sm:p-5">
          <Steps key={`${client}/${way}`} instructions={steps} />
        </section>
        <section aria-label={say.waiting.title} className="p-4 sm:p-5">
          {isProgram ? (
            <WaitingForProgram key={made?.id} endpoint={endpoint} keyId={made?.id} />
          ) : (
            <WaitingForClient
              key={`${client}/${way}/${made?.id ?? ""}`}
              called={called}
              endpoint={endpoint}
              awaited={
                way === "key" ? { by: way, keyId: made?.id } : { by: way, personId: me.person.id }
              }
            />
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
