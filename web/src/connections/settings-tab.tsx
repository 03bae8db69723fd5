import { useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useState, type ReactNode } from "react";
import type { Connection } from "../../../shared/contracts/connections";
import { Button } from "../ui/button";
import { plainLine } from "../ui/foreign";
import { Panel } from "../ui/page";
import { words } from "../words";
import { AddressSettings } from "./address-settings";
import { HeaderSettings } from "./header-settings";
import type { ConnectionActions } from "./use-actions";

const RenameDialog = lazy(() =>
  import("./rename-dialog").then(({ RenameDialog }) => ({ default: RenameDialog })),
);
const DeleteDialog = lazy(() =>
  import("./delete-dialog").then(({ DeleteDialog }) => ({ default: DeleteDialog })),
);

const said = words.connections.settings;
const { actions: does } = words.connections;

export function SettingsTab({
  connection,
  actions: { setDisabled },
}: {
  connection: Connection;
  actions: ConnectionActions;
}) {
  const [open, setOpen] = useState<"rename" | "delete" | null>(null);
  const navigate = useNavigate();
  const disabled = connection.status === "disabled";
  const close = () => setOpen(null);
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
      <AddressSettings
        key={`${connection.config.url} ${connection.config.transport}`}
        connection={connection}
      />
      <HeaderSettings connection={connection} />
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
      <Suspense>
        {open === "rename" ? <RenameDialog connection={connection} onClose={close} /> : null}
        {open === "delete" ? (
          <DeleteDialog
            connection={connection}
            onClose={close}
            leave={() => navigate({ to: "/connections" })}
          />
        ) : null}
      </Suspense>
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
