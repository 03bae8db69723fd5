import { ConfirmDialog } from "../../ui/confirm-dialog";
import { words } from "../../words";
import type { useRunTool } from "../use-run-tool";

const { confirm } = words.playground.run;

export function ConfirmRun({
  title,
  actions,
}: {
  title: string;
  actions: ReturnType<typeof useRunTool>;
}) {
  return (
    <ConfirmDialog
      open={actions.state === "asking"}
      onClose={actions.dismiss}
      title={confirm.title(title)}
      description={confirm.description}
      confirm={confirm.run}
      onConfirm={actions.confirm}
      danger
    />
  );
}
