import { Link } from "@tanstack/react-router";
import { CirclePause, Hourglass, PlugZap, RotateCw } from "lucide-react";
import type { ReactNode } from "react";
import type { BreakerState, Limits, VendorLimit } from "../../../shared/contracts/limits";
import { useSecond } from "../executions/use-second";
import { Badge } from "../ui/badge";
import { EmptyLine } from "../ui/empty-line";
import { plainLine } from "../ui/foreign";
import { Panel, Section } from "../ui/page";
import { formatSeconds, RelativeTime } from "../ui/time";
import { limits as say } from "../words/limits";
import { Until } from "./until";

const { servers: text } = say;
const icon = "size-3.5";

/** Servers that are let rest, and what servers say they allow. */
export function ServerList({ limits: { breakers, vendors } }: { limits: Limits }) {
  const isQuiet = breakers.length === 0 && vendors.length === 0;
  return (
    <Section title={text.title}>
      <p className="-mt-2 text-[0.8125rem] text-muted">{text.description}</p>
      {isQuiet ? (
        <EmptyLine icon={<PlugZap aria-hidden className="size-4 shrink-0 text-success" />}>
          {text.none}
        </EmptyLine>
      ) : (
        <Panel>
          <ul className="divide-y divide-line">
            {breakers.map((breaker) => (
              <Breaker key={breaker.connectionId} breaker={breaker} />
            ))}
            {vendors.map((vendor) => (
              <Vendor key={vendor.connectionId} vendor={vendor} />
            ))}
          </ul>
        </Panel>
      )}
    </Section>
  );
}

function Line({
  id,
  name,
  mark,
  aside,
  children,
}: {
  id: string;
  name: string;
  mark: ReactNode;
  aside: ReactNode;
  children: ReactNode;
}) {
  return (
    <li className="flex min-w-0 flex-wrap items-center gap-x-4 gap-y-1 px-5 py-3.5 text-sm">
      <span className="w-28 shrink-0">{mark}</span>
      <div className="min-w-0 flex-1 basis-56">
        <Link
          to="/connections/$id"
          params={{ id }}
          className="font-medium underline-offset-2 hover:underline wrap-anywhere"
        >
          <bdi>{plainLine(name, 80)}</bdi>
        </Link>
        <p className="text-[0.8125rem] text-muted">{children}</p>
      </div>
      <p className="text-[0.8125rem] tabular-nums">{aside}</p>
    </li>
  );
}

function Breaker({ breaker }: { breaker: BreakerState }) {
  const { connectionId, name, state, failures, since, retryAt } = breaker;
  const now = useSecond();
  const isOpen = state === "open";
  const left = retryAt - now;
  return (
    <Line
      id={connectionId}
      name={name}
      mark={
        <Badge
          tone={isOpen ? "danger" : "warning"}
          icon={
            isOpen ? (
              <CirclePause aria-hidden className={icon} />
            ) : (
              <RotateCw aria-hidden className={icon} />
            )
          }
        >
          {isOpen ? text.open : text.halfOpen}
        </Badge>
      }
      aside={isOpen ? (left < 1000 ? text.nextNow : text.next(formatSeconds(left))) : null}
    >
      {isOpen ? text.openWhy(failures) : text.halfOpenWhy} ({text.since} <RelativeTime at={since} />
      )
    </Line>
  );
}

function Vendor({ vendor }: { vendor: VendorLimit }) {
  const { connectionId, name, remaining, resetAt, blockedUntil, heardAt } = vendor;
  const now = useSecond();
  const isBlocked = blockedUntil !== null && blockedUntil > now;
  return (
    <Line
      id={connectionId}
      name={name}
      mark={
        isBlocked || remaining === 0 ? (
          <Badge tone="warning" icon={<Hourglass aria-hidden className={icon} />}>
            {text.blocked}
          </Badge>
        ) : (
          <Badge>{text.kind}</Badge>
        )
      }
      aside={
        resetAt === null ? null : (
          <>
            {say.whole} <Until at={resetAt} />
          </>
        )
      }
    >
      {isBlocked ? `${text.blockedUntil(formatSeconds(blockedUntil - now))} ` : null}
      {saidBy(vendor)} ({text.told} <RelativeTime at={heardAt} />)
    </Line>
  );
}

const saidBy = ({ limit, remaining }: VendorLimit): string => {
  if (remaining !== null && limit !== null) return text.vendorUsed(remaining, limit);
  if (remaining !== null) return text.vendorLeft(remaining);
  return limit === null ? "" : text.vendorLimit(limit);
};
