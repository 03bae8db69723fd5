import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { TeamRole } from "../../../shared/contracts/members";
import { api, done } from "../client";
import { queryKeys } from "../query-keys";
import { ConfirmDialog } from "../ui/dialog";
import { plainLine } from "../ui/foreign";
import { notify } from "../ui/notify";
import { ErrorNote } from "../ui/states";
import { words } from "../words";

const said = words.team.role;

export function DeleteRole({
  role: { id, name },
  onClose,
}: {
  role: TeamRole;
  onClose: () => void;
}) {
  const queries = useQueryClient();
  const shown = plainLine(name, 40);
  const remove = useMutation({
    mutationFn: () => done(api.v1.roles[":id"].$delete({ param: { id } })),
    onSuccess: async () => {
      onClose();
      await queries.invalidateQueries({ queryKey: queryKeys.roles });
      document.querySelector<HTMLElement>("main h1")?.focus();
      notify({ tone: "success", title: said.deleted(shown) });
    },
  });
  return (
    <ConfirmDialog
      open
      danger
      onClose={onClose}
      title={said.deleteTitle(shown)}
      description={said.deleteWhy}
      confirm={words.team.roles.delete}
      busy={remove.isPending}
      onConfirm={() => remove.mutate()}
    >
      {remove.error ? <ErrorNote error={remove.error} /> : null}
    </ConfirmDialog>
  );
}
