import { useNavigate } from "@tanstack/react-router";
import {
  ArrowRight,
  CircleCheck,
  CirclePause,
  Pencil,
  Play,
  RefreshCw,
  Trash2,
} from "lucide-react";
import type { Connection } from "../../../shared/contracts/connections";
import { plainLine } from "../ui/foreign";
import { Menu, type MenuItem } from "../ui/menu";
import { words } from "../words";
import { partsId } from "./search";
import type { ConnectionActions } from "./use-actions";

const said = words.connections.actions;
const icon = "size-4";

/** Everything one can do with a connection in the list. */
export function ConnectionMenu({
  connection: { id, name, status },
  actions: { test, sync, setDisabled },
  onDelete,
}: {
  connection: Connection;
  actions: ConnectionActions;
  onDelete: () => void;
}) {
  const navigate = useNavigate();
  const disabled = status === "disabled";
  const items: MenuItem[] = [
    {
      label: said.open,
      icon: <ArrowRight aria-hidden className={icon} />,
      run: () => void navigate({ to: "/connections/$id", params: { id } }),
    },
    {
      label: said.test,
      icon: <CircleCheck aria-hidden className={icon} />,
      run: () => test.mutate(),
      disabled: test.isPending,
    },
    {
      label: said.sync,
      icon: <RefreshCw aria-hidden className={icon} />,
      run: () => sync.mutate(),
      disabled: sync.isPending || disabled,
    },
    {
      label: disabled ? said.enable : said.disable,
      icon: disabled ? (
        <Play aria-hidden className={icon} />
      ) : (
        <CirclePause aria-hidden className={icon} />
      ),
      run: () => setDisabled.mutate(!disabled),
      disabled: setDisabled.isPending,
    },
    {
      label: said.edit,
      icon: <Pencil aria-hidden className={icon} />,
      run: () =>
        void navigate({
          to: "/connections/$id",
          params: { id },
          search: { tab: "settings" },
          hash: partsId,
        }),
    },
    {
      label: said.delete,
      icon: <Trash2 aria-hidden className={icon} />,
      run: onDelete,
      danger: true,
    },
  ];
  return <Menu label={said.of(plainLine(name, 80))} items={items} />;
}
