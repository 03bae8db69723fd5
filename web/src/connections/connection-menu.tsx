import { useNavigate } from "@tanstack/react-router";
import { ArrowRight, CircleCheck, Settings2 } from "lucide-react";
import type { Connection } from "../../../shared/contracts/connections";
import { plainLine } from "../ui/foreign";
import { Menu } from "../ui/menu";
import { words } from "../words";
import type { OpenDialog } from "./connection-dialogs";
import { useMenuItems } from "./menu-items";
import { partsId } from "./search";
import type { ConnectionActions } from "./use-actions";

const said = words.connections.actions;
const icon = "size-4";

/** Everything one can do with a connection in the list. */
export function ConnectionMenu({
  connection,
  actions,
  onOpen,
}: {
  connection: Connection;
  actions: ConnectionActions;
  onOpen: (dialog: OpenDialog) => void;
}) {
  const navigate = useNavigate();
  const { id, name } = connection;
  const { signIn, sync, switched, remove } = useMenuItems({ connection, actions, onOpen });
  return (
    <Menu
      label={said.of(plainLine(name, 80))}
      items={[
        {
          label: said.open,
          icon: <ArrowRight aria-hidden className={icon} />,
          run: () => void navigate({ to: "/connections/$id", params: { id } }),
        },
        {
          label: said.test,
          icon: <CircleCheck aria-hidden className={icon} />,
          run: () => actions.test.mutate(),
          disabled: actions.test.isPending,
        },
        ...sync,
        ...signIn,
        ...switched,
        {
          label: said.edit,
          icon: <Settings2 aria-hidden className={icon} />,
          run: () =>
            void navigate({
              to: "/connections/$id",
              params: { id },
              search: { tab: "settings" },
              hash: partsId,
            }),
        },
        ...remove,
      ]}
    />
  );
}
