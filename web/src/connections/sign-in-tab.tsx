import type { Connection } from "../../../shared/contracts/connections";
import { useMay } from "../shell/use-may";
import { Button } from "../ui/button";
import { life } from "../words/connection-life";
import type { OpenDialog } from "./connection-dialogs";
import { ReconnectLink } from "./reconnect-link";
import { RotationReminder } from "./rotation-reminder";
import { ScopesPanel } from "./scopes-panel";
import { SignInFacts } from "./sign-in-facts";
import { SignInHistory } from "./sign-in-history";
import { canRemind, hasCredential } from "./standing";
import type { ConnectionActions } from "./use-actions";

/** How it signs in, what that allows, and what became of it. */
export function SignInTab({
  connection,
  actions: { refresh },
  mayChange,
  onOpen,
}: {
  connection: Connection;
  actions: ConnectionActions;
  mayChange: boolean;
  onOpen: (dialog: OpenDialog) => void;
}) {
  const mayAudit = useMay("audit.read");
  return (
    <div className="flex min-w-0 max-w-3xl flex-col gap-6">
      <SignInFacts connection={connection}>
        {mayChange ? (
          <div className="mt-2 flex flex-wrap gap-2">
            <ReconnectLink connection={connection} />
            {connection.auth.refreshes ? (
              <Button busy={refresh.isPending} onClick={() => refresh.mutate()}>
                {life.actions.refresh}
              </Button>
            ) : null}
            {hasCredential(connection) ? (
              <Button onClick={() => onOpen("revoke")}>{life.actions.revoke}</Button>
            ) : null}
          </div>
        ) : null}
      </SignInFacts>
      <ScopesPanel connection={connection} />
      {mayChange && canRemind(connection) ? <RotationReminder connection={connection} /> : null}
      {mayAudit ? <SignInHistory id={connection.id} /> : null}
    </div>
  );
}
