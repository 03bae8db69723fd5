import { CircleCheck, Pencil, Play, RefreshCw } from "lucide-react";
import type { Connection } from "../../../shared/contracts/connections";
import { Button } from "../ui/button";
import { plainLine } from "../ui/foreign";
import { Menu } from "../ui/menu";
import { words } from "../words";
import type { OpenDialog } from "./connection-dialogs";
import { useMenuItems } from "./menu-items";
import { isMcp } from "./standing";
import type { ConnectionActions } from "./use-actions";

const said = words.connections.actions;
const icon = "size-4";

/** What is done most stands by itself, all the rest in the menu. */
export function ConnectionActionBar({
  connection,
  actions,
  onOpen,
}: {
  connection: Connection;
  actions: ConnectionActions;
  onOpen: (dialog: OpenDialog) => void;
}) {
  const { test, sync, setDisabled } = actions;
  const { signIn, switched, remove } = useMenuItems({ connection, actions, onOpen });
  const disabled = connection.status === "disabled";
  return (
    <>
      <Button
        icon={<CircleCheck aria-hidden className={icon} />}
        busy={test.isPending}
        onClick={() => test.mutate()}
      >
        {said.test}
      </Button>
      {disabled ? (
        <Button
          look="primary"
          icon={<Play aria-hidden className={icon} />}
          busy={setDisabled.isPending}
          onClick={() => setDisabled.mutate(false)}
        >
          {said.enable}
        </Button>
      ) : isMcp(connection) ? (
        <Button
          icon={<RefreshCw aria-hidden className={icon} />}
          busy={sync.isPending}
          onClick={() => sync.mutate()}
        >
          {said.sync}
        </Button>
      ) : null}
      <Menu
        label={said.of(plainLine(connection.name, 80))}
        items={[
          ...signIn,
          ...(disabled ? [] : switched),
          {
            label: said.rename,
            icon: <Pencil aria-hidden className={icon} />,
            run: () => onOpen("rename"),
          },
          ...remove,
        ]}
      />
    </>
  );
}
