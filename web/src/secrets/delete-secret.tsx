import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Secret } from "../../../shared/contracts/secrets";
import { ApiError, call } from "../client";
import { queryKeys } from "../query-keys";
import { Button } from "../ui/button";
import { ConfirmDialog, Dialog } from "../ui/dialog";
import { plainLine } from "../ui/foreign";
import { notify } from "../ui/notify";
import { ErrorNote } from "../ui/states";
import { words } from "../words";
import { secrets as secretWords } from "../words/secrets";

const say = secretWords.deletion;
const { hiddenUses } = secretWords.fact;

/** What uses it stands in the way, and is named. */
export function DeleteSecret({ secret, onClose }: { secret: Secret; onClose: () => void }) {
  const queries = useQueryClient();
  const { id, name, usedBy, uses } = secret;
  const remove = useMutation({
    mutationFn: () => call("DELETE", `v1/secrets/${id}`),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: queryKeys.secrets });
      notify({ tone: "success", title: say.done(name) });
      onClose();
    },
    onError: (error) => {
      if (error instanceof ApiError && error.code === "secret_in_use")
        void queries.invalidateQueries({ queryKey: queryKeys.secrets });
    },
  });
  if (uses > 0)
    return (
      <Dialog
        open
        size="small"
        onClose={onClose}
        title={say.inUseTitle(name)}
        description={say.inUse(
          [
            ...usedBy.map((use) => plainLine(use.name, 80)),
            ...(uses > usedBy.length ? [hiddenUses(uses - usedBy.length)] : []),
          ].join(", "),
        )}
        actions={<Button onClick={onClose}>{words.common.close}</Button>}
      />
    );
  return (
    <ConfirmDialog
      open
      danger
      onClose={onClose}
      title={say.title(name)}
      description={say.why}
      confirm={say.confirm}
      busy={remove.isPending}
      onConfirm={() => {
        if (!remove.isPending) remove.mutate();
      }}
    >
      {remove.error ? <ErrorNote error={remove.error} /> : null}
    </ConfirmDialog>
  );
}
