import { useState, type ReactNode } from "react";
import type { Connection } from "../../../shared/contracts/connections";
import { Badge } from "../ui/badge";
import { plainLine } from "../ui/foreign";
import { Page } from "../ui/page";
import { ConnectionStatusBadge } from "../ui/status";
import { life } from "../words/connection-life";
import { ActionOutcome } from "./action-outcome";
import { hostOf } from "./address";
import { BackToConnections } from "./back-to-connections";
import { ConnectionActionBar } from "./connection-action-bar";
import { ConnectionDialogs, type OpenDialog } from "./connection-dialogs";
import { ConnectionIcon } from "./connection-icon";
import { ConnectionTabs } from "./connection-tabs";
import { EndpointPanel } from "./endpoint-panel";
import { LastErrorNote } from "./last-error-note";
import { NoPermissionNote } from "./no-permission-note";
import { partsId } from "./search";
import { ServerPanel } from "./server-panel";
import { SnapshotPanel } from "./snapshot-panel";
import { isMcp } from "./standing";
import { StandingNote } from "./standing-note";
import { useConnectionActions } from "./use-actions";
import { useManage } from "./use-manage";
import { useVendor } from "./use-vendor";
import { LifePanel, VendorPanel } from "./vendor-panel";

/** One connection: what it is, what was last read of it, and everything it offers. */
export function ConnectionOverview({
  connection,
  note,
}: {
  connection: Connection;
  note: ReactNode;
}) {
  const mayChange = useManage()(connection);
  const [open, setOpen] = useState<OpenDialog>(null);
  const mcp = isMcp(connection);
  const vendor = useVendor(connection);
  const actions = useConnectionActions(connection);
  return (
    <Page
      title={plainLine(connection.name, 80)}
      above={<BackToConnections />}
      description={
        <span className="flex min-w-0 flex-wrap items-center gap-x-2.5 gap-y-1">
          <ConnectionIcon connection={connection} className="size-7 text-xs" />
          <ConnectionStatusBadge status={connection.status} />
          <bdi className="min-w-0 text-sm wrap-anywhere">
            {mcp
              ? plainLine(hostOf(connection.config.url), 120)
              : (vendor?.name ?? connection.connector)}
          </bdi>
          {connection.owner.kind === "person" ? <Badge>{life.owner.person}</Badge> : null}
        </span>
      }
      actions={
        mayChange ? (
          <ConnectionActionBar connection={connection} actions={actions} onOpen={setOpen} />
        ) : null
      }
    >
      {note}
      <div className="flex min-w-0 flex-col gap-3 empty:hidden">
        {mayChange ? null : <NoPermissionNote />}
        <ActionOutcome connection={connection} actions={actions} />
        <StandingNote connection={connection} mayChange={mayChange} />
        <LastErrorNote connection={connection} actions={actions} mayChange={mayChange} />
      </div>
      <div className="grid min-w-0 gap-4 lg:grid-cols-2">
        {mcp ? (
          <>
            <ServerPanel connection={connection} />
            <SnapshotPanel connection={connection} />
          </>
        ) : (
          <>
            <VendorPanel connection={connection} />
            <LifePanel connection={connection} />
          </>
        )}
      </div>
      {mcp ? <EndpointPanel slug={connection.slug} /> : null}
      <div id={partsId} className="scroll-mt-16 lg:scroll-mt-4">
        <ConnectionTabs
          connection={connection}
          actions={actions}
          mayChange={mayChange}
          onOpen={setOpen}
        />
      </div>
      <ConnectionDialogs open={open} connection={connection} onClose={() => setOpen(null)} />
    </Page>
  );
}
