import { Ban, CircleDashed, Clock, KeyRound, RotateCw } from "lucide-react";
import type { Connection } from "../../../shared/contracts/connections";
import { ForeignText } from "../ui/foreign-text";
import { RelativeTime } from "../ui/time";
import { life } from "../words/connection-life";
import { ReconnectLink } from "./reconnect-link";
import { isRotationDue, waitingOf } from "./standing";

const icons = {
  pending: CircleDashed,
  expiring: Clock,
  needs_reauth: KeyRound,
  revoked: Ban,
  rotation: RotateCw,
};

/** What the connection waits for, and the way to it. */
export function StandingNote({
  connection,
  mayChange,
}: {
  connection: Connection;
  mayChange: boolean;
}) {
  const what = noteOf(connection);
  if (what === undefined) return null;
  const { title, text } = life.standing[what];
  const Icon = icons[what];
  const quiet = what === "pending" || what === "revoked";
  const { lastError, auth } = connection;
  return (
    <section
      aria-label={title}
      className={`flex min-w-0 flex-wrap items-start gap-3 rounded-xl border p-4 sm:flex-nowrap ${quiet ? "border-line bg-surface" : "border-warning/40 bg-warning-soft"}`}
    >
      <Icon
        aria-hidden
        className={`mt-0.5 size-5 shrink-0 ${quiet ? "text-muted" : "text-warning"}`}
      />
      <div className="flex min-w-0 flex-1 flex-col gap-1 text-sm">
        <p className="flex flex-wrap items-baseline gap-x-2 font-semibold">
          {title}
          {what === "expiring" && auth.expiresAt !== null ? (
            <RelativeTime at={auth.expiresAt} className="font-normal" />
          ) : null}
        </p>
        <p>{text}</p>
        {what === "needs_reauth" && lastError ? (
          <ForeignText>{lastError.message}</ForeignText>
        ) : null}
        {mayChange ? null : <p className="text-muted">{life.askManager}</p>}
      </div>
      {mayChange ? (
        <div className="w-full pl-8 sm:w-auto sm:pl-0">
          <ReconnectLink connection={connection} look="primary" />
        </div>
      ) : null}
    </section>
  );
}

const noteOf = (connection: Connection): keyof typeof icons | undefined =>
  waitingOf(connection) ?? (isRotationDue(connection, Date.now()) ? "rotation" : undefined);
