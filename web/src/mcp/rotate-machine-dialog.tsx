import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { MachineClient, MachineClientSecret } from "../../../shared/contracts/grants";
import { answer, api } from "../client";
import { announce } from "../shell/announcer";
import { ConfirmDialog } from "../ui/dialog";
import { plainLine } from "../ui/foreign";
import { ErrorNote } from "../ui/states";
import { words } from "../words";
import { MachineSecret } from "./machine-secret";

const { machines: say } = words.keys;

export function RotateMachineDialog({
  machine: { id, name },
  onClose,
}: {
  machine: MachineClient;
  onClose: () => void;
}) {
  const [made, setMade] = useState<MachineClientSecret>();
  const rotate = useMutation({
    gcTime: 0,
    mutationFn: () => answer(api.v1["machine-clients"][":id"].rotate.$post({ param: { id } })),
    onSuccess: (machine) => {
      setMade(machine);
      announce(say.shownTitle);
    },
  });
  if (made) return <MachineSecret made={made} onClose={onClose} />;
  return (
    <ConfirmDialog
      open
      danger
      onClose={onClose}
      title={say.rotateTitle(plainLine(name, 80))}
      description={say.rotateWhy}
      confirm={say.rotate}
      busy={rotate.isPending}
      onConfirm={() => rotate.mutate()}
    >
      {rotate.error ? <ErrorNote error={rotate.error} /> : null}
    </ConfirmDialog>
  );
}
