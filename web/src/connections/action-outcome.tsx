import { CircleAlert, CircleCheck, LoaderCircle, X } from "lucide-react";
import type { Connection, ConnectionTest } from "../../../shared/contracts/connections";
import { IconButton } from "../ui/button";
import { ForeignText } from "../ui/foreign-text";
import { formatDuration } from "../ui/time";
import { words } from "../words";
import { life } from "../words/connection-life";
import { ActionFailure } from "./action-failure";
import { adviceFor } from "./advice";
import { isMcp } from "./standing";
import type { ConnectionActions } from "./use-actions";

const said = words.connections;

/** What became of the last test, sync or switch, beside the connection it was done to. */
export function ActionOutcome({
  connection,
  actions: { test, sync, refresh, setDisabled },
}: {
  connection: Connection;
  actions: ConnectionActions;
}) {
  return (
    <>
      {test.isPending ? <Working>{isMcp(connection) ? said.testing : life.testing}</Working> : null}
      {sync.isPending ? <Working>{said.syncing}</Working> : null}
      {refresh.isPending ? <Working>{life.refreshing}</Working> : null}
      {test.data && !test.isPending ? (
        <TestOutcome result={test.data} connection={connection} onDismiss={test.reset} />
      ) : null}
      {test.error ? <ActionFailure error={test.error} retry={() => test.mutate()} /> : null}
      {sync.error ? <ActionFailure error={sync.error} retry={() => sync.mutate()} /> : null}
      {refresh.error ? (
        <ActionFailure error={refresh.error} retry={() => refresh.mutate()} />
      ) : null}
      {setDisabled.error ? <ActionFailure error={setDisabled.error} /> : null}
    </>
  );
}

const Working = ({ children }: { children: string }) => (
  <p role="status" className="flex items-center gap-2 text-sm text-muted">
    <LoaderCircle aria-hidden className="size-4 animate-spin" />
    {children} …
  </p>
);

function TestOutcome({
  result: { ok, responseTimeMs, counts, error },
  connection,
  onDismiss,
}: {
  result: ConnectionTest;
  connection: Connection;
  onDismiss: () => void;
}) {
  const Icon = ok ? CircleCheck : CircleAlert;
  return (
    <div
      role="status"
      className={`flex min-w-0 items-start gap-2.5 rounded-xl p-3 text-sm ${ok ? "bg-success-soft" : "bg-danger-soft"}`}
    >
      <Icon
        aria-hidden
        className={`mt-0.5 size-4.5 shrink-0 ${ok ? "text-success" : "text-danger"}`}
      />
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        {ok ? (
          <p>
            {isMcp(connection)
              ? `${said.testedWell(formatDuration(responseTimeMs))} ${said.testedOffers(counts)}`
              : life.vendorWorks(formatDuration(responseTimeMs))}
            {connection.status === "disabled" ? ` ${said.testedDisabled}` : ""}
          </p>
        ) : null}
        {error ? (
          <>
            <ForeignText>{error.message}</ForeignText>
            <p className="text-ink">{adviceFor(error.code)}</p>
          </>
        ) : null}
      </div>
      <IconButton
        label={said.actions.dismiss}
        size="small"
        className="-mt-1.5 -mr-1.5 -mb-1"
        onClick={onDismiss}
      >
        <X aria-hidden className="size-4" />
      </IconButton>
    </div>
  );
}
