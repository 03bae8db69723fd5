import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import type { FlowErrorCode } from "../../../shared/contracts/connect-flows";
import { ApiError } from "../client";
import { queryKeys } from "../query-keys";
import { ToSignIn } from "../shell/to-sign-in";
import { AuthPage } from "../teams/auth-page";
import { Button, ButtonLink } from "../ui/button";
import { Skeleton } from "../ui/skeleton";
import { ErrorNote } from "../ui/states";
import { connect as connectWords } from "../words/connect";
import { chooseInFlow } from "./api";
import { FaultNote } from "./fault-note";
import { FlowChoices } from "./flow-choices";
import { forgetForm, keptForm } from "./kept";
import { tellReturn } from "./news";
import { connectorQuery, flowQuery } from "./queries";
import type { ConnectSearch } from "./search";
import { WorkingNote } from "./working-note";

const say = connectWords.done;

/**
 * Where the vendor's page leads back to. In a window of its own it tells the page that waits, and closes; where nobody
 * waits, it shows how the sign-in ends.
 */
export function DonePage() {
  const { flow, error: named } = useSearch({ from: "/connect/done" });
  const error = isFlowError(named) ? named : undefined;
  const [heard, setHeard] = useState<boolean | undefined>();
  useEffect(() => {
    if (flow === undefined) return;
    // This very page was left for the vendor's: nobody waits elsewhere.
    if (keptForm(flow)) return setHeard(false);
    let left = false;
    const tell = async () => {
      const somebody = await tellReturn(flow);
      if (left) return;
      setHeard(somebody);
      if (somebody) close();
    };
    void tell();
    return () => {
      left = true;
    };
  }, [flow]);
  if (flow === undefined)
    return (
      <AuthPage title={error ? connectWords.setup.failed : say.title}>
        {error ? (
          <FaultNote fault={{ code: error, message: say.unknown[error] ?? "" }} />
        ) : (
          <p>{say.noFlow}</p>
        )}
        <ButtonLink to="/connections/new" look="primary" className="self-start">
          {error ? connectWords.signIn.toForm : say.start}
        </ButtonLink>
        {error ? (
          <Button className="self-start" onClick={() => close()}>
            {say.closeWindow}
          </Button>
        ) : null}
      </AuthPage>
    );
  if (heard)
    return (
      <AuthPage title={say.title}>
        <p role="status">{say.close}</p>
        <Button className="self-start" onClick={() => setHeard(false)}>
          {say.goOn}
        </Button>
      </AuthPage>
    );
  return heard === undefined ? <Waiting /> : <Ending flow={flow} />;
}

const Waiting = () => (
  <AuthPage title={say.title}>
    <p role="status" className="text-muted">
      {say.working} …
    </p>
    <Skeleton className="h-16 w-full rounded-xl" />
  </AuthPage>
);

const isFlowError = (value: string | undefined): value is FlowErrorCode =>
  value !== undefined && Object.hasOwn(connectWords.signIn.titles, value);

/** The sign-in's end, on this page. */
function Ending({ flow }: { flow: string }) {
  const { data, error, refetch } = useQuery(flowQuery(flow));
  const connector = useQuery({
    ...connectorQuery(data?.connector ?? ""),
    enabled: data !== undefined && data.connector !== "mcp",
  });
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [kept] = useState(() => keptForm(flow));
  const name = connector.data?.name ?? connectWords.mcp.server;
  const made = data?.status === "done" ? data.connectionId : null;
  const reconnect = kept?.form.reconnect;
  useEffect(() => {
    if (made === null) return;
    forgetForm();
    const search = { connected: made, ...(reconnect === undefined ? {} : { reconnect }) };
    void navigate({ to: "/connections/new", search, replace: true });
  }, [made, reconnect, navigate]);

  if (error instanceof ApiError && error.code === "unauthorized")
    return <ToSignIn meanwhile={<Waiting />} />;
  const gone = error instanceof ApiError && error.code === "not_found";
  const fault = gone
    ? ({ code: "expired", message: connectWords.signIn.gone } as const)
    : data?.status === "failed"
      ? data.error
      : null;
  if (fault)
    return (
      <AuthPage title={connectWords.setup.failed}>
        <FaultNote fault={fault} />
        <ButtonLink
          to="/connections/new"
          search={wayBack(kept?.form, data?.connector)}
          look="primary"
          className="self-start"
        >
          {connectWords.signIn.toForm}
        </ButtonLink>
      </AuthPage>
    );
  if (data?.status === "choosing" && data.choices)
    return (
      <AuthPage title={connectWords.signIn.choose.title}>
        <FlowChoices
          choices={data.choices}
          onChoose={async (value) => {
            const chosen = await chooseInFlow(flow, value);
            queries.setQueryData([...queryKeys.connectFlow, flow], chosen);
          }}
        />
      </AuthPage>
    );
  if (error && !data)
    return (
      <AuthPage title={say.title}>
        <ErrorNote error={error} retry={() => void refetch()} />
      </AuthPage>
    );
  return data ? (
    <AuthPage title={say.title}>
      <WorkingNote name={name} />
    </AuthPage>
  ) : (
    <Waiting />
  );
}

const wayBack = (
  form: Pick<ConnectSearch, "connector" | "reconnect"> | undefined,
  connector: string | undefined,
): ConnectSearch => form ?? (connector === undefined ? {} : { connector });
