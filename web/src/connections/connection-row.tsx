import { Link } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import type { Connection } from "../../../shared/contracts/connections";
import { Button } from "../ui/button";
import { ForeignIcon, ForeignName, plainLine } from "../ui/foreign";
import { ConnectionStatusBadge } from "../ui/status";
import { RelativeTime } from "../ui/time";
import { words } from "../words";
import { hostOf } from "./address";
import { ActionOutcome } from "./action-outcome";
import { ConnectionMenu } from "./connection-menu";
import { useConnectionActions } from "./use-actions";

const DeleteDialog = lazy(() =>
  import("./delete-dialog").then(({ DeleteDialog }) => ({ default: DeleteDialog })),
);

const said = words.connections;

export function ConnectionRow({
  connection,
  mayChange,
}: {
  connection: Connection;
  mayChange: boolean;
}) {
  const [deleting, setDeleting] = useState(false);
  const actions = useConnectionActions(connection);
  const name = plainLine(connection.name, 80);
  return (
    <li className="flex min-w-0 flex-col gap-3 p-4">
      <div className="flex min-w-0 items-start gap-3">
        <ForeignIcon icons={connection.server?.icons} name={connection.name} />
        <div className="flex min-w-0 flex-1 flex-col gap-0.5">
          <div className="flex min-w-0 flex-wrap items-center gap-x-2.5 gap-y-1">
            <Link
              to="/connections/$id"
              params={{ id: connection.id }}
              className="min-w-0 font-semibold hover:underline"
            >
              <ForeignName>{connection.name}</ForeignName>
            </Link>
            <ConnectionStatusBadge status={connection.status} />
          </div>
          <Facts connection={connection} />
          {connection.lastError && !actions.tellsError ? (
            <p className="truncate text-[0.8125rem] text-danger">
              <bdi>{plainLine(connection.lastError.message, 300)}</bdi>
            </p>
          ) : null}
        </div>
        {mayChange ? (
          <div className="flex shrink-0 items-center gap-1">
            <Button
              size="small"
              className="min-h-9 max-sm:hidden"
              busy={actions.test.isPending}
              onClick={() => actions.test.mutate()}
            >
              {said.actions.test}
              <span className="sr-only">: {name}</span>
            </Button>
            <ConnectionMenu
              connection={connection}
              actions={actions}
              onDelete={() => setDeleting(true)}
            />
          </div>
        ) : null}
      </div>
      <ActionOutcome connection={connection} actions={actions} />
      <Suspense>
        {deleting ? (
          <DeleteDialog connection={connection} onClose={() => setDeleting(false)} />
        ) : null}
      </Suspense>
    </li>
  );
}

function Facts({
  connection: { config, counts, server, lastSyncedAt },
}: {
  connection: Connection;
}) {
  const facts = [
    <bdi key="host" className="wrap-anywhere">
      {plainLine(hostOf(config.url), 80)}
    </bdi>,
    ...(server
      ? [said.counts(counts), said.protocol(plainLine(server.protocolVersion, 20), server.era)]
      : []),
    lastSyncedAt === null ? (
      said.neverSynced
    ) : (
      <span key="synced">
        {said.synced} <RelativeTime at={lastSyncedAt} />
      </span>
    ),
  ];
  return (
    <ul className="flex min-w-0 flex-wrap gap-x-3 text-[0.8125rem] text-muted">
      {facts.map((fact, index) => (
        <li key={index} className="flex min-w-0 gap-3">
          {index > 0 ? (
            <span aria-hidden className="max-sm:hidden">
              ·
            </span>
          ) : null}
          {fact}
        </li>
      ))}
    </ul>
  );
}
