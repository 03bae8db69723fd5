import { Pencil, Trash2 } from "lucide-react";
import type { TeamRole } from "../../../shared/contracts/members";
import { ForeignName, plainLine } from "../ui/foreign";
import { Menu } from "../ui/menu";
import { words } from "../words";

const said = words.team.roles;

export function OwnRole({
  role: { name, description, permissions, members },
  mayManage,
  onEdit,
  onDelete,
}: {
  role: TeamRole;
  mayManage: boolean;
  onEdit: () => void;
  onDelete: () => void;
}) {
  return (
    <li className="flex min-w-0 items-center gap-3 py-3 pr-2 pl-4">
      <div className="min-w-0 flex-1">
        <h3 className="text-sm">
          <ForeignName>{name}</ForeignName>
        </h3>
        {description === "" ? null : (
          <p className="text-sm text-muted wrap-anywhere">
            <bdi>{plainLine(description, 300)}</bdi>
          </p>
        )}
        <p className="text-[0.8125rem] text-muted">
          {said.members(members)} · {said.permissions(permissions.length)}
        </p>
      </div>
      {mayManage ? (
        <Menu
          label={said.actions(plainLine(name, 40))}
          items={[
            { label: said.edit, icon: <Pencil aria-hidden className="size-4" />, run: onEdit },
            {
              label: said.delete,
              icon: <Trash2 aria-hidden className="size-4" />,
              run: onDelete,
              danger: true,
            },
          ]}
        />
      ) : null}
    </li>
  );
}
