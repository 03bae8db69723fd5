import { useMutation, useQueryClient } from "@tanstack/react-query";
import { CircleCheck, TriangleAlert } from "lucide-react";
import { useEffect, useRef } from "react";
import type { Connection, ConnectionRevoked } from "../../../shared/contracts/connections";
import { answer, api } from "../client";
import { queryKeys } from "../query-keys";
import { Button } from "../ui/button";
import { ConfirmDialog, Dialog } from "../ui/dialog";
import { plainLine } from "../ui/foreign";
import { words } from "../words";
import { life } from "../words/connection-life";
import { ActionFailure } from "./action-failure";
import { showAnew } from "./cache";

const say = life.revoke;

/** Takes the access back, and says what the vendor said to it: where it said nothing, more is to be done there. */
export function RevokeDialog({
  connection: { id, name },
  onClose,
}: {
  connection: Connection;
  onClose: () => void;
}) {
  const queries = useQueryClient();
  const shown = plainLine(name, 80);
  const revoke = useMutation({
    mutationFn: () => answer(api.v1.connections[":id"].revoke.$post({ param: { id } })),
    onSuccess: ({ connection }) => {
      showAnew(queries, connection);
      void queries.invalidateQueries({ queryKey: queryKeys.connections });
      void queries.invalidateQueries({ queryKey: queryKeys.notices });
      void queries.invalidateQueries({ queryKey: queryKeys.secrets });
    },
  });
  if (revoke.data)
    return <Outcome title={say.done(shown)} vendor={revoke.data.vendor} onClose={onClose} />;
  return (
    <ConfirmDialog
      open
      danger
      onClose={onClose}
      title={say.title(shown)}
      description={say.why}
      confirm={say.confirm}
      busy={revoke.isPending}
      onConfirm={() => revoke.mutate()}
    >
      {revoke.error ? <ActionFailure error={revoke.error} /> : null}
    </ConfirmDialog>
  );
}

function Outcome({
  title,
  vendor,
  onClose,
}: {
  title: string;
  vendor: ConnectionRevoked["vendor"];
  onClose: () => void;
}) {
  const confirmed = vendor === "confirmed";
  const close = useRef<HTMLButtonElement>(null);
  useEffect(() => close.current?.focus(), []);
  const Icon = confirmed ? CircleCheck : TriangleAlert;
  return (
    <Dialog
      open
      size="small"
      onClose={onClose}
      title={title}
      actions={
        <Button ref={close} look="primary" onClick={onClose}>
          {words.common.close}
        </Button>
      }
    >
      <p>{say.destroyed}</p>
      <p
        role="status"
        className={`flex items-start gap-2.5 rounded-xl p-3 text-sm ${confirmed ? "bg-success-soft" : "bg-warning-soft"}`}
      >
        <Icon
          aria-hidden
          className={`mt-0.5 size-4.5 shrink-0 ${confirmed ? "text-success" : "text-warning"}`}
        />
        {say.vendor[vendor]}
      </p>
    </Dialog>
  );
}
