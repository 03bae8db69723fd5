import { Link } from "@tanstack/react-router";
import { Check, Clock, Gauge, KeyRound, RotateCw, TriangleAlert } from "lucide-react";
import type { Notice } from "../../../shared/contracts/notices";
import { Badge } from "../ui/badge";
import { Button, ButtonLink } from "../ui/button";
import { classNames } from "../ui/class-names";
import { ForeignName, plainLine } from "../ui/foreign";
import { ForeignText } from "../ui/foreign-text";
import { RelativeTime } from "../ui/time";
import { words } from "../words";
import { mendingOf } from "./mend";
import { ownPath } from "./own-path";
import { useRead } from "./use-read";

const say = words.notices;
const icons: Record<Notice["kind"], typeof Clock> = {
  "connection.expiring": Clock,
  "connection.needs_reauth": KeyRound,
  "connection.misconfigured": TriangleAlert,
  "connection.failing": TriangleAlert,
  "connection.rotation_due": RotateCw,
  "connection.rotated": Check,
  "job.ended": Check,
  "job.callback_failed": TriangleAlert,
  "queue.dead_letter": TriangleAlert,
  "limit.near": Gauge,
  "limit.reached": Gauge,
};

export function NoticeRow({ notice }: { notice: Notice }) {
  const { id, kind, title, text, path, settled, read, createdAt } = notice;
  const markRead = useRead();
  const Icon = icons[kind];
  const isOpen = !read && !settled;
  const mending = isOpen ? mendingOf(notice) : undefined;
  const to = ownPath(path);
  const step = mending?.step === "reconnect" ? (say.mend[kind] ?? say.look) : undefined;
  return (
    <li className="flex min-w-0 flex-wrap items-start gap-x-3 gap-y-2 px-4 py-3 sm:flex-nowrap">
      <span
        aria-hidden
        className={classNames(
          "grid size-9 shrink-0 place-items-center rounded-lg border border-line bg-raised",
          isOpen ? "text-warning" : "text-muted",
        )}
      >
        <Icon className="size-4" />
      </span>
      <div className="flex min-w-0 flex-1 flex-col gap-0.5">
        <h2
          className={classNames(
            "flex flex-wrap items-center gap-x-2 text-sm",
            !isOpen && "font-normal",
          )}
        >
          {to === undefined ? (
            <ForeignName>{title}</ForeignName>
          ) : (
            <Link to={to.path} search={to.search} className="min-w-0 hover:underline">
              <ForeignName>{title}</ForeignName>
            </Link>
          )}
          {settled ? <Badge tone="success">{say.settled}</Badge> : null}
        </h2>
        <p className="text-[0.8125rem] text-muted wrap-anywhere">
          <ForeignText>{text}</ForeignText>
        </p>
        <p className="text-[0.8125rem] text-muted">
          <RelativeTime at={createdAt} />
        </p>
      </div>
      <div className="flex w-full flex-wrap gap-2 pl-12 sm:w-auto sm:pl-0">
        {isOpen ? (
          <Button
            size="small"
            look="quiet"
            busy={markRead.isPending}
            aria-label={say.readWhat(plainLine(title, 80))}
            onClick={() => markRead.mutate([id])}
          >
            {say.read}
          </Button>
        ) : null}
        {step !== undefined && mending ? (
          <ButtonLink
            to={mending.to.path}
            search={mending.to.search}
            size="small"
            aria-label={say.mendWhat(step, plainLine(title, 80))}
          >
            {step}
          </ButtonLink>
        ) : to === undefined ? null : (
          <ButtonLink
            to={to.path}
            search={to.search}
            size="small"
            aria-label={say.lookWhat(plainLine(title, 80))}
          >
            {say.look}
          </ButtonLink>
        )}
      </div>
    </li>
  );
}
