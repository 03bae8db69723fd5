import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { CreatedApiKey } from "../../../shared/contracts/teams";
import { answer, api } from "../client";
import { queryKeys } from "../query-keys";
import { announce } from "../shell/announcer";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { plainLine } from "../ui/foreign";
import { ErrorNote } from "../ui/states";
import { words } from "../words";
import { KeyForm, type KeyDraft } from "./key-form";
import { ShownOnce } from "./shown-once";

const say = words.keys.form;
const form = "make-key";

export function MakeKeyDialog({ onClose }: { onClose: () => void }) {
  const queries = useQueryClient();
  const [made, setMade] = useState<CreatedApiKey>();
  const make = useMutation({
    gcTime: 0,
    mutationFn: ({ name, scopes, allowedAddresses, expiresInDays }: KeyDraft) =>
      answer(
        api.v1["api-keys"].$post({
          json: {
            name,
            scopes,
            allowedAddresses,
            ...(expiresInDays === undefined ? {} : { expiresInDays }),
          },
        }),
      ),
    onSuccess: (key) => {
      setMade(key);
      announce(words.keys.shown.announced);
      return queries.invalidateQueries({ queryKey: queryKeys.apiKeys });
    },
  });
  if (made)
    return (
      <ShownOnce
        label={words.keys.shown.label(plainLine(made.name, 80))}
        secret={made.apiKey}
        onClose={onClose}
      />
    );
  return (
    <Dialog
      open
      onClose={onClose}
      title={say.makeTitle}
      actions={
        <>
          <Button onClick={onClose}>{words.common.cancel}</Button>
          <Button type="submit" form={form} look="primary" busy={make.isPending}>
            {say.confirm}
          </Button>
        </>
      }
    >
      <KeyForm
        id={form}
        onSave={(draft) => {
          if (!make.isPending) make.mutate(draft);
        }}
      />
      {make.error ? <ErrorNote error={make.error} /> : null}
    </Dialog>
  );
}
