import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type { Connection } from "../../../shared/contracts/connections";
import { hostOf, looksSecret } from "../connections/address";
import { TransportField } from "../connections/transport-field";
import { ApiError } from "../client";
import { words } from "../words";
import { connect as connectWords } from "../words/connect";
import { createConnection, updateConnection } from "./api";
import type { Owner } from "./draft";
import { focusFault, useFocusBack } from "./focus";
import { FormFrame } from "./form-frame";
import { forgetForm, keepForm, typedInto } from "./kept";
import { McpAccess } from "./mcp-access";
import { McpAddress } from "./mcp-address";
import {
  isSoundMcp,
  mcpCreateBody,
  mcpDraftOf,
  mcpFaults,
  mcpFlowBody,
  mcpUpdateBody,
  startMcpDraft,
  type McpDraft,
} from "./mcp-draft";
import { McpFailure } from "./mcp-failure";
import { McpKnown } from "./mcp-known";
import { McpProgress } from "./mcp-progress";
import { OwnerChoice } from "./owner-choice";
import { refusedField } from "./refusals";
import { SignInPanel } from "./sign-in-panel";
import { useFinish } from "./use-finish";
import { useSignIn } from "./use-sign-in";

const said = words.connections.addPage;
const say = connectWords;

/** From an address to tools that work. `connection` is one that is signed in to anew. */
export function McpSetup({
  connection,
  owners,
}: {
  connection?: Connection;
  owners: readonly Owner[];
}) {
  const again = connection !== undefined;
  const [draft, setDraft] = useState<McpDraft>(() =>
    connection
      ? mcpDraftOf(connection)
      : { ...startMcpDraft(owners[0] ?? "team"), ...typedInto({ connector: "mcp" }).server },
  );
  const [checked, setChecked] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const finish = useFinish(again);
  const save = useMutation({
    gcTime: 0,
    mutationFn: (allowUnreachable: boolean) =>
      connection
        ? updateConnection(connection.id, mcpUpdateBody(draft))
        : createConnection(mcpCreateBody(draft, allowUnreachable)),
    onSuccess: finish.made,
    onError: (error) => finish.failed(draft.name, error),
  });
  const name = hostOf(draft.url) || say.mcp.server;
  const signingIn = useSignIn({
    name,
    onDone: finish.show,
    onLeavePage: (flow) => {
      if (connection) return keepForm({ flow, form: { reconnect: connection.id } });
      const { named, url, transport, owner, way } = draft;
      const server = { name: draft.name, named, url, transport, owner, way };
      keepForm({ flow, form: { connector: "mcp" }, ...(looksSecret(url) ? {} : { server }) });
    },
  });
  useEffect(forgetForm, []);
  const { state } = signingIn;
  const [wantsClient, setWantsClient] = useState(false);
  const isAway = state.at !== "idle" && state.at !== "refused";
  useFocusBack(form, isAway);
  const error = state.at === "refused" ? state.error : save.error;
  const refused = refusedField(error);
  const unknownClient =
    (state.at === "failed" && state.fault.code === "registration_failed") ||
    (error instanceof ApiError && error.details["reason"] === "registration_failed");
  useEffect(() => {
    if (unknownClient) setWantsClient(true);
  }, [unknownClient]);
  useEffect(() => {
    if (refused) focusFault(form.current);
  }, [refused?.group, error]);

  const faults = mcpFaults(draft);
  const change = (next: McpDraft) => {
    setDraft(next);
    if (save.error) save.reset();
    if (state.at === "refused") signingIn.leave();
  };
  const isRight = (checkedDraft: McpDraft): boolean => {
    setChecked(true);
    if (isSoundMcp(mcpFaults(checkedDraft))) return true;
    focusFault(form.current);
    return false;
  };
  const signIn = (asked: McpDraft) => {
    if (isRight(asked)) signingIn.start(mcpFlowBody(asked, connection?.id), "window");
  };
  const submit = (allowUnreachable: boolean) => {
    if (save.isPending) return;
    if (draft.way === "oauth" && !allowUnreachable) signIn(draft);
    else if (isRight(draft)) save.mutate(allowUnreachable);
  };
  if (isAway)
    return <SignInPanel name={name} signingIn={signingIn} onAgain={() => signIn(draft)} />;
  return (
    <FormFrame
      form={form}
      busy={save.isPending}
      action={draft.way === "oauth" ? say.mcp.signIn : again ? say.setup.reconnect : said.connect}
      below={
        <>
          {save.isPending ? <McpProgress /> : null}
          {error && refused?.group !== "name" ? (
            <McpFailure
              error={error}
              way={draft.way}
              again={again}
              onSignIn={() => {
                const asked = { ...draft, way: "oauth" as const };
                change(asked);
                signIn(asked);
              }}
              onHeaders={() => change({ ...draft, way: "headers" })}
              onSave={() => submit(true)}
            />
          ) : null}
        </>
      }
      onSubmit={() => submit(false)}
    >
      {connection ? (
        <McpKnown connection={connection} />
      ) : (
        <McpAddress
          draft={draft}
          faults={faults}
          checked={checked}
          refused={refused}
          onChange={change}
        />
      )}
      <McpAccess
        draft={draft}
        faults={faults}
        checked={checked}
        again={again}
        wantsClient={wantsClient}
        onChange={change}
      />
      {again ? null : (
        <>
          <OwnerChoice
            owners={owners}
            value={draft.owner}
            onChange={(owner) => change({ ...draft, owner })}
          />
          <details className="group">
            <summary className="min-h-7 w-fit text-sm font-medium">{said.moreOptions}</summary>
            <div className="pt-3">
              <TransportField
                value={draft.transport}
                onChange={(transport) => change({ ...draft, transport })}
              />
            </div>
          </details>
        </>
      )}
    </FormFrame>
  );
}
