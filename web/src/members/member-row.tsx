import { LogOut, ShieldAlert, ShieldCheck, UserCog, UserMinus } from "lucide-react";
import type { TeamMember } from "../../../shared/contracts/members";
import { InlineFacts } from "../mcp/inline-facts";
import { Badge } from "../ui/badge";
import { ForeignIcon, ForeignName, plainLine } from "../ui/foreign";
import { Menu, type MenuItem } from "../ui/menu";
import { RelativeTime } from "../ui/time";
import { words } from "../words";
import { roleName } from "./role-name";

const said = words.team.members;
const icon = "size-4";

export function MemberRow({
  member,
  mayManage,
  onChangeRole,
  onRemove,
}: {
  member: TeamMember;
  mayManage: boolean;
  onChangeRole: () => void;
  onRemove: () => void;
}) {
  const { name, email, role, you, secondFactor, createdAt, lastSeenAt } = member;
  const items: MenuItem[] = [];
  if (mayManage)
    items.push({
      label: said.changeRole,
      icon: <UserCog aria-hidden className={icon} />,
      run: onChangeRole,
    });
  if (you)
    items.push({
      label: said.leave,
      icon: <LogOut aria-hidden className={icon} />,
      run: onRemove,
      danger: true,
    });
  else if (mayManage)
    items.push({
      label: said.remove,
      icon: <UserMinus aria-hidden className={icon} />,
      run: onRemove,
      danger: true,
    });
  return (
    <li className="flex min-w-0 items-center gap-3 py-3 pr-2 pl-4">
      <ForeignIcon name={name} className="size-9 rounded-full! self-start" />
      <div className="flex min-w-0 flex-1 flex-col gap-0.5">
        <h3 className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm">
          <ForeignName>{name}</ForeignName>
          {you ? <Badge tone="accent">{said.you}</Badge> : null}
          <Badge>{roleName(role, member.roleName)}</Badge>
          {secondFactor ? (
            <Badge tone="success" icon={<ShieldCheck aria-hidden className="size-3.5" />}>
              {said.secondFactor}
            </Badge>
          ) : (
            <Badge icon={<ShieldAlert aria-hidden className="size-3.5" />}>
              {said.noSecondFactor}
            </Badge>
          )}
        </h3>
        <p className="text-[0.8125rem] text-muted wrap-anywhere">
          {email === null ? said.noEmail : <bdi>{plainLine(email, 254)}</bdi>}
        </p>
        <InlineFacts
          facts={[
            [
              said.lastSeen,
              lastSeenAt === null ? said.neverSeen : <RelativeTime at={lastSeenAt} />,
            ],
            [said.joined, <RelativeTime at={createdAt} />],
          ]}
        />
      </div>
      {items.length > 0 ? <Menu label={said.actions(plainLine(name, 80))} items={items} /> : null}
    </li>
  );
}
