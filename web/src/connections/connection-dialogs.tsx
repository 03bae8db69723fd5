import { useNavigate } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import type { Connection } from "../../../shared/contracts/connections";

const RenameDialog = lazy(() =>
  import("./rename-dialog").then(({ RenameDialog }) => ({ default: RenameDialog })),
);
const DeleteDialog = lazy(() =>
  import("./delete-dialog").then(({ DeleteDialog }) => ({ default: DeleteDialog })),
);
const RevokeDialog = lazy(() =>
  import("./revoke-dialog").then(({ RevokeDialog }) => ({ default: RevokeDialog })),
);

export type OpenDialog = "rename" | "delete" | "revoke" | null;

/** What is asked before something is done to a connection. Its own page is left once it is gone. */
export function ConnectionDialogs({
  open,
  connection,
  onClose,
  stays = false,
}: {
  open: OpenDialog;
  connection: Connection;
  onClose: () => void;
  stays?: boolean;
}) {
  const navigate = useNavigate();
  return (
    <Suspense>
      {open === "rename" ? <RenameDialog connection={connection} onClose={onClose} /> : null}
      {open === "revoke" ? <RevokeDialog connection={connection} onClose={onClose} /> : null}
      {open === "delete" ? (
        <DeleteDialog
          connection={connection}
          onClose={onClose}
          {...(stays ? {} : { leave: () => navigate({ to: "/connections" }) })}
        />
      ) : null}
    </Suspense>
  );
}
