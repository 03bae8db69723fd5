import { useState, type ReactNode } from "react";
import type { Connection } from "../../../shared/contracts/connections";
import { Button } from "../ui/button";
import { plainLine } from "../ui/foreign";
import { Panel } from "../ui/page";
import { words } from "../words";
import { AddressSettings } from "./address-settings";
import { ConnectionDialogs, type OpenDialog } from "./connection-dialogs";
import { HeaderSettings } from "./header-settings";
import { isMcp } from "./standing";
import type { ConnectionActions } from "./use-actions";

const said = words.connections.settings;
const { actions: does } = words.connections;

export function SettingsTab({
  connection,
  actions: { setDisabled },
}: {
  connection: Connection;
  actions: ConnectionActions;
}) {
  const [open, setOpen] = useState<OpenDialog>(null);
  const disabled = connection.status === "disabled";
  return (
    <div className="flex min-w-0 max-w-2xl flex-col gap-6">
      <Panel className="p-5">
        <Row
          title={said.name}
          action={<Button onClick={() => setOpen("rename")}>{does.rename}</Button>}
        >
          <bdi>{plainLine(connection.name, 80)}</bdi>
        </Row>
      </Panel>
      {isMcp(connection) ? (
        <AddressSettings
          key={`${connection.config.url} ${connection.config.transport}`}
          connection={connection}
        />
      ) : null}
      {isMcp(connection) && ["headers", "none"].includes(connection.auth.kind) ? (
        <HeaderSettings connection={connection} />
      ) : null}
      <section className="flex flex-col gap-3">
        <h2 className="text-base">{said.danger}</h2>
        <div className="flex flex-col gap-4 rounded-xl border border-danger/40 bg-surface p-5">
          <Row
            title={disabled ? does.enable : does.disable}
            action={
              <Button busy={setDisabled.isPending} onClick={() => setDisabled.mutate(!disabled)}>
                {disabled ? does.enable : does.disable}
              </Button>
            }
          >
            {disabled ? said.enableWhy : said.disableWhy}
          </Row>
          <Row
            title={does.delete}
            action={
              <Button look="danger" onClick={() => setOpen("delete")}>
                {does.delete}
              </Button>
            }
          >
            {said.deleteWhy}
          </Row>
        </div>
      </section>
      <ConnectionDialogs open={open} connection={connection} onClose={() => setOpen(null)} />
    </div>
  );
}

const Row = ({
  title,
  action,
  children,
}: {
  title: string;
  action: ReactNode;
  children: ReactNode;
}) => (
  <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
    <div className="min-w-0 flex-1 basis-56">
      <h3 className="text-sm">{title}</h3>
      <p className="text-sm text-muted wrap-anywhere">{children}</p>
    </div>
    {action}
  </div>
);
