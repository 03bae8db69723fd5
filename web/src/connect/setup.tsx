import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type { Connection } from "../../../shared/contracts/connections";
import type { Connector, ConnectorMethod } from "../../../shared/contracts/connectors";
import { ApiError } from "../client";
import { queryKeys } from "../query-keys";
import { ActionFailure } from "../connections/action-failure";
import { useMay } from "../shell/use-may";
import { ButtonLink } from "../ui/button";
import { connect as connectWords } from "../words/connect";
import { createConnection, updateConnection } from "./api";
import { AppNeeded } from "./app-needed";
import { faultsOf, isSound, methodOf, needsApp, type Draft, type Owner } from "./draft";
import { focusFault, useFocusBack } from "./focus";
import { FormFrame } from "./form-frame";
import { forgetForm, keepForm } from "./kept";
import { refusedField } from "./refusals";
import { createBody, flowBody, updateBody } from "./requests";
import { SetupFields } from "./setup-fields";
import { SignInPanel } from "./sign-in-panel";
import { TryingNote } from "./trying-note";
import { useFinish } from "./use-finish";
import { useSignIn } from "./use-sign-in";

const say = connectWords.setup;

/** From a connector to a connection that works. `connection` is one that is signed in to anew. */
export function Setup({
  connector,
  connection,
  first,
  owners,
}: {
  connector: Connector;
  connection?: Connection;
  /** The draft it begins with. */
  first: () => Draft;
  owners: readonly Owner[];
}) {
  const again = connection !== undefined;
  const [draft, setDraft] = useState(first);
  const [checked, setChecked] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const mayConfigure = useMay("connections.write");
  const finish = useFinish(again);
  const save = useMutation({
    gcTime: 0,
    mutationFn: () =>
      connection
        ? updateConnection(connection.id, updateBody(connector, draft))
        : createConnection(createBody(connector, draft)),
    onSuccess: finish.made,
    onError: (error) => finish.failed(draft.name, error),
  });
  const signingIn = useSignIn({
    name: connector.name,
    onDone: finish.show,
    onLeavePage: (flow) => {
      const { fields: _fields, headers: _headers, ...kept } = draft;
      const place = connection ? { reconnect: connection.id } : { connector: connector.id };
      keepForm({ flow, form: place, draft: kept });
    },
  });
  useEffect(forgetForm, []);
  const { state } = signingIn;
  const isAway = state.at !== "idle" && state.at !== "refused";
  useFocusBack(form, isAway);
  const error = state.at === "refused" ? state.error : save.error;
  const refused = refusedField(error);
  useEffect(() => {
    if (refused) focusFault(form.current);
  }, [refused?.group, refused?.field, error]);

  const queries = useQueryClient();
  const noApp = error instanceof ApiError && error.details["reason"] === "no_app";
  useEffect(() => {
    // The app was there when the form was opened: how to come by one is shown in its place.
    if (noApp) void queries.invalidateQueries({ queryKey: queryKeys.connectors });
  }, [noApp, queries]);

  const method = methodOf(connector, draft);
  if (!method) return null;
  const faults = faultsOf(connector, draft, again);
  const signIn = () =>
    signingIn.start(
      flowBody(connector, draft, connection?.id),
      method.flow === "consent" ? "window" : "code",
    );
  const submit = () => {
    if (save.isPending) return;
    setChecked(true);
    save.reset();
    if (!isSound(faults)) return focusFault(form.current);
    if (method.flow === "form") save.mutate();
    else signIn();
  };
  if (isAway)
    return (
      <SignInPanel
        name={connector.name}
        signingIn={signingIn}
        onAgain={signIn}
        beside={
          method.app && mayConfigure && state.at === "failed" ? (
            <ButtonLink to="/connections/apps" search={{ app: connector.id }} look="quiet">
              {connectWords.signIn.toApps}
            </ButtonLink>
          ) : null
        }
      />
    );
  const missing = needsApp(method);
  return (
    <>
      {missing && method.app ? (
        <AppNeeded connector={connector} app={method.app} mayConfigure={mayConfigure} />
      ) : null}
      <FormFrame
        form={form}
        busy={save.isPending}
        disabled={missing || method.executedBy === "bridge"}
        action={actionOf(method, { name: connector.name, again })}
        note={missing && mayConfigure ? connectWords.app.saveFirst : null}
        below={
          <>
            {save.isPending ? <TryingNote name={connector.name} /> : null}
            {error && !refused ? (
              <section aria-label={say.failed} className="flex min-w-0 flex-col gap-3">
                <ActionFailure error={error} />
                <p className="text-sm text-muted">
                  {again ? say.nothingChanged : say.nothingSaved}
                </p>
              </section>
            ) : null}
          </>
        }
        onSubmit={submit}
      >
        <SetupFields
          connector={connector}
          method={method}
          draft={draft}
          faults={faults}
          checked={checked}
          refused={refused}
          owners={owners}
          again={again}
          onChange={(next) => {
            setDraft(next);
            if (save.error) save.reset();
            if (state.at === "refused") signingIn.leave();
          }}
        />
      </FormFrame>
    </>
  );
}

function actionOf(
  { flow }: ConnectorMethod,
  { name, again }: { name: string; again: boolean },
): string {
  if (flow === "consent") return say.signIn(name);
  if (flow === "device") return say.getCode;
  return again ? say.reconnect : say.connect;
}
