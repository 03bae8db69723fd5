import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { TeamMember } from "../../../shared/contracts/members";
import { answer, api } from "../client";
import { queryKeys } from "../query-keys";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { plainLine } from "../ui/foreign";
import { notify } from "../ui/notify";
import { ErrorNote } from "../ui/states";
import { words } from "../words";
import { RoleChoice } from "./role-choice";
import { roleName } from "./role-name";

const said = words.team.changeRole;

export function ChangeRoleDialog({
  member: { id, name, role, you },
  onClose,
}: {
  member: TeamMember;
  onClose: () => void;
}) {
  const [chosen, setChosen] = useState(role);
  const queries = useQueryClient();
  const shown = plainLine(name, 80);
  const change = useMutation({
    mutationFn: () =>
      answer(api.v1.members[":id"].$patch({ param: { id }, json: { role: chosen } })),
    onSuccess: async (member) => {
      notify({ tone: "success", title: said.saved(shown, roleName(member.role, member.roleName)) });
      onClose();
      await queries.invalidateQueries({ queryKey: queryKeys.team });
      if (you) await queries.invalidateQueries({ queryKey: queryKeys.me });
    },
  });
  return (
    <Dialog
      open
      onClose={onClose}
      title={said.title(shown)}
      description={said.hint}
      actions={
        <>
          <Button onClick={onClose}>{words.common.cancel}</Button>
          <Button
            look="primary"
            busy={change.isPending}
            disabled={chosen === role}
            onClick={() => change.mutate()}
          >
            {said.save}
          </Button>
        </>
      }
    >
      <RoleChoice value={chosen} onChange={setChosen} />
      {change.error ? <ErrorNote error={change.error} /> : null}
    </Dialog>
  );
}
