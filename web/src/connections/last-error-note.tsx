import { Link } from "@tanstack/react-router";
import { CircleAlert } from "lucide-react";
import type { Connection } from "../../../shared/contracts/connections";
import { Button } from "../ui/button";
import { ForeignText } from "../ui/foreign-text";
import { RelativeTime } from "../ui/time";
import { words } from "../words";
import { life } from "../words/connection-life";
import { adviceFor } from "./advice";
import { ReconnectLink } from "./reconnect-link";
import { partsId } from "./search";
import { isMcp } from "./standing";
import type { ConnectionActions } from "./use-actions";

const said = words.connections.page;

/** What is wrong with the connection now, since when, and the ways on. */
export function LastErrorNote({
  connection,
  actions: { sync, test, tellsError },
  mayChange,
}: {
  connection: Connection;
  actions: ConnectionActions;
  mayChange: boolean;
}) {
  const { status, lastError, errorCount } = connection;
  if (!lastError || tellsError || status === "needs_reauth") return null;
  const now = status === "error";
  const mcp = isMcp(connection);
  const again = mcp ? sync : test;
  const refused = lastError.code === "upstream_unauthorized";
  return (
    <section
      aria-label={now ? said.lastErrorTitle : said.olderErrorTitle}
      className={`flex min-w-0 items-start gap-3 rounded-xl border p-4 ${now ? "border-danger/40 bg-danger-soft" : "border-line bg-surface"}`}
    >
      <CircleAlert aria-hidden className="mt-0.5 size-5 shrink-0 text-danger" />
      <div className="flex min-w-0 flex-1 flex-col gap-2">
        <p className="flex flex-wrap items-baseline gap-x-2 font-semibold">
          {now ? said.lastErrorTitle : said.olderErrorTitle}
          <RelativeTime at={lastError.at} className="text-[0.8125rem] font-normal text-muted" />
        </p>
        <ForeignText>{lastError.message}</ForeignText>
        {mcp ? <p className="text-sm">{adviceFor(lastError.code)}</p> : null}
        {errorCount > 1 ? (
          <p className="text-[0.8125rem] text-muted">{life.failures(errorCount)}</p>
        ) : null}
        {now && mayChange ? (
          <div className="flex flex-wrap gap-2">
            <Button
              size="small"
              className="min-h-9"
              busy={again.isPending}
              onClick={() => again.mutate()}
            >
              {words.common.retry}
            </Button>
            {refused || !mcp ? <ReconnectLink connection={connection} size="small" /> : null}
            {mcp ? (
              <Link
                from="/connections/$id"
                to="."
                search={{ tab: "settings" }}
                hash={partsId}
                className="inline-flex min-h-9 items-center px-1 text-sm underline"
              >
                {said.editHeaders}
              </Link>
            ) : null}
          </div>
        ) : null}
      </div>
    </section>
  );
}
