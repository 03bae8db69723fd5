import { Monitor, Smartphone } from "lucide-react";
import type { Session } from "../../../shared/contracts/account";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { ForeignName, plainLine } from "../ui/foreign";
import { RelativeTime } from "../ui/time";
import { words } from "../words";
import { deviceOf } from "./device";

const say = words.account.sessions;

export function SessionRow({
  session: { current, createdAt, expiresAt, address, userAgent },
  busy,
  onEnd,
}: {
  session: Session;
  busy: boolean;
  onEnd: () => void;
}) {
  const device = deviceOf(userAgent) ?? say.unknownDevice;
  const Icon = /Android|iPhone|iPad/.test(device) ? Smartphone : Monitor;
  return (
    <li className="flex min-w-0 items-center gap-3 px-4 py-3">
      <Icon aria-hidden className="size-5 shrink-0 text-muted" />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm font-medium">
          {/* What the browser said of itself in full, for who wants to know. */}
          <span title={userAgent === null ? undefined : plainLine(userAgent)}>{device}</span>
          {current ? <Badge tone="success">{say.here}</Badge> : null}
        </p>
        <p className="text-[0.8125rem] text-muted wrap-anywhere">
          {address === null ? say.noAddress : <ForeignName>{address}</ForeignName>} · {say.since}{" "}
          <RelativeTime at={createdAt} /> · {say.lasts} <RelativeTime at={expiresAt} />
        </p>
      </div>
      {current ? null : (
        <Button
          size="small"
          aria-label={`${say.endWhat(device)}, ${address ?? say.noAddress}`}
          busy={busy}
          onClick={onEnd}
        >
          {say.end}
        </Button>
      )}
    </li>
  );
}
