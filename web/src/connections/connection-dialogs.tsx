import { useNavigate } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import type { Connection } from "../../../shared/contracts/connections";

const RenameDialog = lazy(() =>
  import("./rename-dialog").then(({ RenameDialog }) => ({ default: RenameDialog })),
);
const DeleteDialog = lazy(() =>
  import("./delete-dialog").then(({ DeleteDialog }) => ({ default: DeleteDialog })),
);

export type OpenDialog = "rename" | "delete" | null;

/** The dialogs of a connection's own page, which is left once the connection is gone. */
export function ConnectionDialogs({
  open,
  connection,
  onClose,
}: {
  open: OpenDialog;
  connection: Connection;
  onClose: () => void;
}) {
  const navigate = useNavigate();
  return (
    <Suspense>
      {open === "rename" ? <RenameDialog connection={connection} onClose={onClose} /> : null}
      {open === "delete" ? (
        <DeleteDialog
          connection={connection}
          onClose={onClose}
          leave={() => navigate({ to: "/connections" })}
        />
      ) : null}
    </Suspense>
  );
}
