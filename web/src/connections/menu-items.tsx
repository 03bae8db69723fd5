import { useNavigate } from "@tanstack/react-router";
import { Ban, CirclePause, KeyRound, Play, RefreshCw, RotateCw, Trash2 } from "lucide-react";
import type { Connection } from "../../../shared/contracts/connections";
import type { MenuItem } from "../ui/menu";
import { words } from "../words";
import { life } from "../words/connection-life";
import type { OpenDialog } from "./connection-dialogs";
import { hasCredential, isMcp, stepOf } from "./standing";
import type { ConnectionActions } from "./use-actions";

const said = words.connections.actions;
const icon = "size-4";

/** What the menus of the list and of the page share, in groups; a group is empty where it makes no sense. */
export function useMenuItems({
  connection,
  actions: { sync, refresh, setDisabled },
  onOpen,
}: {
  connection: Connection;
  actions: ConnectionActions;
  onOpen: (dialog: OpenDialog) => void;
}): Record<"sync" | "signIn" | "switched" | "remove", MenuItem[]> {
  const navigate = useNavigate();
  const { id, status, auth } = connection;
  const disabled = status === "disabled";
  const Switch = disabled ? Play : CirclePause;
  return {
    sync: isMcp(connection)
      ? [
          {
            label: said.sync,
            icon: <RefreshCw aria-hidden className={icon} />,
            run: () => sync.mutate(),
            disabled: sync.isPending || disabled,
          },
        ]
      : [],
    signIn: [
      {
        label: life.steps[stepOf(connection)],
        icon: <KeyRound aria-hidden className={icon} />,
        run: () => void navigate({ to: "/connections/new", search: { reconnect: id } }),
      },
      ...(auth.refreshes
        ? [
            {
              label: life.actions.refresh,
              icon: <RotateCw aria-hidden className={icon} />,
              run: () => refresh.mutate(),
              disabled: refresh.isPending,
            },
          ]
        : []),
      ...(hasCredential(connection)
        ? [
            {
              label: life.actions.revoke,
              icon: <Ban aria-hidden className={icon} />,
              run: () => onOpen("revoke"),
            },
          ]
        : []),
    ],
    switched: [
      {
        label: disabled ? said.enable : said.disable,
        icon: <Switch aria-hidden className={icon} />,
        run: () => setDisabled.mutate(!disabled),
        disabled: setDisabled.isPending,
      },
    ],
    remove: [
      {
        label: said.delete,
        icon: <Trash2 aria-hidden className={icon} />,
        run: () => onOpen("delete"),
        danger: true,
      },
    ],
  };
}
