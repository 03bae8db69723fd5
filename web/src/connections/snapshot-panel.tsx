import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { Connection } from "../../../shared/contracts/connections";
import { heldBackQuery } from "../tools/queries";
import { plainLine } from "../ui/foreign";
import { ForeignText } from "../ui/foreign-text";
import { formatDuration, RelativeTime } from "../ui/time";
import { words } from "../words";
import { life } from "../words/connection-life";
import { Fact, FactsPanel, When } from "./facts";
import { partsId } from "./search";
import { Warnings } from "./warnings";

const said = words.connections.page;

/** What was last read from the server, and what of it waits to be looked at. */
export function SnapshotPanel({ connection }: { connection: Connection }) {
  const { id, server, counts, lastSyncedAt, lastUsedAt, responseTimeMs, warnings, errorCount } =
    connection;
  return (
    <FactsPanel title={said.snapshot}>
      <Fact name={said.when}>
        {lastSyncedAt === null ? words.connections.neverSynced : <When at={lastSyncedAt} />}
      </Fact>
      {server ? (
        <>
          <Fact name={said.offers}>{words.connections.counts(counts)}</Fact>
          <Fact name={said.protocol}>
            {words.connections.eraOf(plainLine(server.protocolVersion, 20), server.era)}
          </Fact>
        </>
      ) : null}
      {responseTimeMs === null ? null : (
        <Fact name={said.responseTime}>{formatDuration(responseTimeMs)}</Fact>
      )}
      <Fact name={life.panel.lastUsed}>
        {lastUsedAt === null ? life.neverUsed : <RelativeTime at={lastUsedAt} />}
      </Fact>
      {errorCount > 0 ? <Fact name={life.panel.failures}>{life.failures(errorCount)}</Fact> : null}
      <Fact name={said.heldBack}>
        <HeldBack id={id} />
      </Fact>
      {warnings.length > 0 ? <WarningsFact warnings={warnings} /> : null}
      {server?.instructions ? (
        <div className="min-w-0 text-sm">
          <dt className="sr-only">{said.instructions}</dt>
          <dd>
            <details className="min-w-0">
              <summary className="min-h-7 font-medium">{said.instructions}</summary>
              <p className="pt-1 text-[0.8125rem] text-muted">{said.instructionsHint}</p>
              <div className="mt-2 flex max-h-80 flex-col overflow-y-auto rounded-lg bg-raised p-3">
                <ForeignText longest={1500}>{server.instructions}</ForeignText>
              </div>
            </details>
          </dd>
        </div>
      ) : null}
    </FactsPanel>
  );
}

const WarningsFact = ({ warnings }: { warnings: readonly string[] }) => (
  <div className="min-w-0">
    <dt className="sr-only">{said.warnings(warnings.length)}</dt>
    <dd>
      <Warnings warnings={warnings} />
    </dd>
  </div>
);

function HeldBack({ id }: { id: string }) {
  const held = useInfiniteQuery(heldBackQuery(id));
  const count = held.data?.pages.flatMap(({ items }) => items).length;
  if (count === undefined) return held.error ? "–" : "…";
  if (count === 0) return said.heldBackNone;
  return (
    <>
      {said.heldBackCount(count, held.hasNextPage)} ·{" "}
      <Link
        from="/connections/$id"
        to="."
        search={{ tab: "held-back" }}
        hash={partsId}
        className="text-accent underline"
      >
        {said.look}
      </Link>
    </>
  );
}
