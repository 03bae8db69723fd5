import { useNavigate } from "@tanstack/react-router";
import { CircleCheck, CirclePause, Pencil, Play, RefreshCw, Settings2, Trash2 } from "lucide-react";
import { useState } from "react";
import type { Connection } from "../../../shared/contracts/connections";
import { Button } from "../ui/button";
import { plainLine } from "../ui/foreign";
import { Menu } from "../ui/menu";
import { words } from "../words";
import { ConnectionDialogs, type OpenDialog } from "./connection-dialogs";
import { partsId } from "./search";
import type { ConnectionActions } from "./use-actions";

const said = words.connections.actions;

export function ConnectionActionBar({
  connection,
  actions: { test, sync, setDisabled },
}: {
  connection: Connection;
  actions: ConnectionActions;
}) {
  const [open, setOpen] = useState<OpenDialog>(null);
  const navigate = useNavigate({ from: "/connections/$id" });
  const disabled = connection.status === "disabled";
  return (
    <>
      <Button
        icon={<CircleCheck aria-hidden className="size-4" />}
        busy={test.isPending}
        onClick={() => test.mutate()}
      >
        {said.test}
      </Button>
      {disabled ? (
        <Button
          look="primary"
          icon={<Play aria-hidden className="size-4" />}
          busy={setDisabled.isPending}
          onClick={() => setDisabled.mutate(false)}
        >
          {said.enable}
        </Button>
      ) : (
        <Button
          icon={<RefreshCw aria-hidden className="size-4" />}
          busy={sync.isPending}
          onClick={() => sync.mutate()}
        >
          {said.sync}
        </Button>
      )}
      <Menu
        label={said.of(plainLine(connection.name, 80))}
        items={[
          ...(disabled
            ? []
            : [
                {
                  label: said.disable,
                  icon: <CirclePause aria-hidden className="size-4" />,
                  run: () => setDisabled.mutate(true),
                  disabled: setDisabled.isPending,
                },
              ]),
          {
            label: said.rename,
            icon: <Pencil aria-hidden className="size-4" />,
            run: () => setOpen("rename"),
          },
          {
            label: said.edit,
            icon: <Settings2 aria-hidden className="size-4" />,
            run: () => void navigate({ to: ".", search: { tab: "settings" }, hash: partsId }),
          },
          {
            label: said.delete,
            icon: <Trash2 aria-hidden className="size-4" />,
            run: () => setOpen("delete"),
            danger: true,
          },
        ]}
      />
      <ConnectionDialogs open={open} connection={connection} onClose={() => setOpen(null)} />
    </>
  );
}
