import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { Connection } from "../../../shared/contracts/connections";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { ForeignName, plainLine } from "../ui/foreign";
import { ConnectionStatusBadge } from "../ui/status";
import { words } from "../words";
import { life } from "../words/connection-life";
import { ActionOutcome } from "./action-outcome";
import { AttentionLine } from "./attention-line";
import { ConnectionDialogs, type OpenDialog } from "./connection-dialogs";
import { ConnectionIcon } from "./connection-icon";
import { ConnectionMenu } from "./connection-menu";
import { ReconnectLink } from "./reconnect-link";
import { RowFacts } from "./row-facts";
import { waitsForPerson } from "./standing";
import { useConnectionActions } from "./use-actions";

const said = words.connections;

export function ConnectionRow({
  connection,
  mayChange,
}: {
  connection: Connection;
  mayChange: boolean;
}) {
  const [open, setOpen] = useState<OpenDialog>(null);
  const actions = useConnectionActions(connection);
  const name = plainLine(connection.name, 80);
  const waits = waitsForPerson(connection);
  return (
    <li className="flex min-w-0 flex-col gap-3 p-4">
      <div className="flex min-w-0 items-start gap-3">
        <ConnectionIcon connection={connection} />
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
            {connection.owner.kind === "person" ? <Badge>{life.owner.person}</Badge> : null}
          </div>
          <RowFacts connection={connection} />
          {actions.tellsError ? null : <AttentionLine connection={connection} />}
        </div>
        {mayChange ? (
          <div className="flex shrink-0 items-center gap-1">
            {waits ? (
              <span className="max-sm:hidden">
                <ReconnectLink connection={connection} size="small" named />
              </span>
            ) : (
              <Button
                size="small"
                className="min-h-9 max-sm:hidden"
                busy={actions.test.isPending}
                onClick={() => actions.test.mutate()}
              >
                {said.actions.test}
                <span className="sr-only">: {name}</span>
              </Button>
            )}
            <ConnectionMenu connection={connection} actions={actions} onOpen={setOpen} />
          </div>
        ) : null}
      </div>
      {mayChange && waits ? (
        <div className="pl-12 sm:hidden">
          <ReconnectLink connection={connection} size="small" named />
        </div>
      ) : null}
      <ActionOutcome connection={connection} actions={actions} />
      <ConnectionDialogs open={open} connection={connection} onClose={() => setOpen(null)} stays />
    </li>
  );
}
