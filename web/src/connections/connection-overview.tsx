import type { ReactNode } from "react";
import type { Connection } from "../../../shared/contracts/connections";
import { ForeignIcon, plainLine } from "../ui/foreign";
import { Page } from "../ui/page";
import { ConnectionStatusBadge } from "../ui/status";
import { useMay } from "../shell/use-may";
import { ActionOutcome } from "./action-outcome";
import { hostOf } from "./address";
import { BackToConnections } from "./back-to-connections";
import { ConnectionActionBar } from "./connection-action-bar";
import { ConnectionTabs } from "./connection-tabs";
import { EndpointPanel } from "./endpoint-panel";
import { LastErrorNote } from "./last-error-note";
import { NoPermissionNote } from "./no-permission-note";
import { partsId } from "./search";
import { ServerPanel } from "./server-panel";
import { SnapshotPanel } from "./snapshot-panel";
import { useConnectionActions } from "./use-actions";

/** One connection: what it is, what was last read of it, and everything it offers. */
export function ConnectionOverview({
  connection,
  note,
}: {
  connection: Connection;
  note: ReactNode;
}) {
  const mayChange = useMay("connections.write");
  const actions = useConnectionActions(connection);
  return (
    <Page
      title={plainLine(connection.name, 80)}
      above={<BackToConnections />}
      description={
        <span className="flex min-w-0 flex-wrap items-center gap-x-2.5 gap-y-1">
          <ForeignIcon
            icons={connection.server?.icons}
            name={connection.name}
            className="size-7 text-xs"
          />
          <ConnectionStatusBadge status={connection.status} />
          <bdi className="min-w-0 text-sm wrap-anywhere">
            {plainLine(hostOf(connection.config.url), 120)}
          </bdi>
        </span>
      }
      actions={mayChange ? <ConnectionActionBar connection={connection} actions={actions} /> : null}
    >
      {note}
      <div className="flex min-w-0 flex-col gap-3 empty:hidden">
        {mayChange ? null : <NoPermissionNote />}
        <ActionOutcome connection={connection} actions={actions} />
        <LastErrorNote connection={connection} actions={actions} mayChange={mayChange} />
      </div>
      <div className="grid min-w-0 gap-4 lg:grid-cols-2">
        <ServerPanel connection={connection} />
        <SnapshotPanel connection={connection} />
      </div>
      <EndpointPanel slug={connection.slug} />
      <div id={partsId} className="scroll-mt-16 lg:scroll-mt-4">
        <ConnectionTabs connection={connection} actions={actions} mayChange={mayChange} />
      </div>
    </Page>
  );
}
