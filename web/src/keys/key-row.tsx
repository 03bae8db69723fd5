import { Clock, KeyRound, Pencil, RotateCw, Trash2 } from "lucide-react";
import type { ReactNode } from "react";
import type { ApiKey } from "../../../shared/contracts/teams";
import { InlineFacts } from "../mcp/inline-facts";
import { Badge } from "../ui/badge";
import { ForeignName, plainLine } from "../ui/foreign";
import { Menu } from "../ui/menu";
import { RelativeTime } from "../ui/time";
import { words } from "../words";
import { scopesInWords } from "./scopes";

const { fact: say, ...all } = words.keys;
const soonMs = 7 * 86_400_000;
const icon = "size-4";

export type KeyAction = "edit" | "rotate" | "revoke";

export function KeyRow({
  apiKey,
  isMine,
  onAsk,
}: {
  apiKey: ApiKey;
  isMine: boolean;
  onAsk: (action: KeyAction) => void;
}) {
  const { name, prefix, personName, scopes, expiresAt, lastUsed, allowedAddresses } = apiKey;
  const facts: [string, ReactNode][] = [
    [say.owner, isMine ? say.you : <ForeignName>{personName}</ForeignName>],
    [say.scopes, scopesInWords(scopes)],
    [say.expires, expiresAt === null ? say.never : <RelativeTime at={expiresAt} />],
    [say.lastUsed, <LastUsed use={lastUsed} />],
    [say.addresses, allowedAddresses?.join(", ") ?? say.anywhere],
    [say.created, <RelativeTime at={apiKey.createdAt} />],
  ];
  const change = apiKey.replacedBy === null && isMine;
  return (
    <li className="flex min-w-0 items-start gap-3 py-3 pr-2 pl-4">
      <span
        aria-hidden
        className="grid size-9 shrink-0 place-items-center rounded-lg border border-line bg-raised text-muted"
      >
        <KeyRound className="size-4" />
      </span>
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <h2 className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm">
          <ForeignName>{name}</ForeignName>
          <code className="font-normal text-muted">{prefix}…</code>
          <KeyState apiKey={apiKey} />
        </h2>
        <InlineFacts facts={facts} />
      </div>
      <Menu
        label={all.actions(plainLine(name, 80))}
        items={[
          ...(change
            ? [
                {
                  label: all.edit,
                  icon: <Pencil aria-hidden className={icon} />,
                  run: () => onAsk("edit"),
                },
                {
                  label: all.rotate,
                  icon: <RotateCw aria-hidden className={icon} />,
                  run: () => onAsk("rotate"),
                },
              ]
            : []),
          {
            label: all.revoke,
            icon: <Trash2 aria-hidden className={icon} />,
            run: () => onAsk("revoke"),
            danger: true,
          },
        ]}
      />
    </li>
  );
}

function KeyState({ apiKey: { replacedBy, expiresAt } }: { apiKey: ApiKey }) {
  const now = Date.now();
  if (expiresAt !== null && expiresAt <= now) return <Badge tone="danger">{all.expired}</Badge>;
  if (replacedBy !== null)
    return (
      <span title={all.replacedHint} className="inline-flex">
        <Badge tone="warning">{all.replaced}</Badge>
      </span>
    );
  if (expiresAt !== null && expiresAt < now + soonMs)
    return (
      <Badge tone="warning" icon={<Clock aria-hidden className="size-3.5" />}>
        {all.expiresSoon}
      </Badge>
    );
  return null;
}

function LastUsed({ use }: { use: ApiKey["lastUsed"] }) {
  if (use === null) return <>{say.neverUsed}</>;
  return (
    <span title={use.userAgent === null ? undefined : plainLine(use.userAgent, 300)}>
      <RelativeTime at={use.at} />
      {use.address === null ? null : <> {say.from(use.address)}</>}
    </span>
  );
}
