import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ApiKey } from "../../../shared/contracts/teams";
import { answer, api } from "../client";
import { queryKeys } from "../query-keys";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { plainLine } from "../ui/foreign";
import { notify } from "../ui/notify";
import { ErrorNote } from "../ui/states";
import { words } from "../words";
import { KeyForm, type KeyDraft } from "./key-form";

const say = words.keys.form;
const form = "edit-key";

export function EditKeyDialog({ apiKey, onClose }: { apiKey: ApiKey; onClose: () => void }) {
  const queries = useQueryClient();
  const save = useMutation({
    mutationFn: ({ name, scopes, allowedAddresses }: KeyDraft) =>
      answer(
        api.v1["api-keys"][":id"].$patch({
          param: { id: apiKey.id },
          json: { name, scopes, allowedAddresses },
        }),
      ),
    onSuccess: async ({ name }) => {
      await queries.invalidateQueries({ queryKey: queryKeys.apiKeys });
      notify({ tone: "success", title: say.saved(plainLine(name, 80)) });
      onClose();
    },
  });
  return (
    <Dialog
      open
      onClose={onClose}
      title={say.editTitle(plainLine(apiKey.name, 80))}
      actions={
        <>
          <Button onClick={onClose}>{words.common.cancel}</Button>
          <Button type="submit" form={form} look="primary" busy={save.isPending}>
            {words.common.save}
          </Button>
        </>
      }
    >
      <KeyForm
        id={form}
        edited={apiKey}
        onSave={(draft) => {
          if (!save.isPending) save.mutate(draft);
        }}
      />
      {save.error ? <ErrorNote error={save.error} /> : null}
    </Dialog>
  );
}
