import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { Passkey } from "../../../shared/contracts/auth";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Field, Input } from "../ui/field";
import { ErrorNote } from "../ui/states";
import { words } from "../words";
import { account as own } from "./api";

const say = words.account.passkeys;
const form = "rename-passkey";

export function RenamePasskey({
  passkey: { id, name },
  onRenamed,
  onClose,
}: {
  passkey: Passkey;
  onRenamed: () => Promise<void>;
  onClose: () => void;
}) {
  const [typed, setTyped] = useState(name ?? "");
  const fault = typed.trim() === "" ? say.nameMissing : undefined;
  const rename = useMutation({
    mutationFn: own.renamePasskey,
    onSuccess: async () => {
      await onRenamed();
      onClose();
    },
  });
  return (
    <Dialog
      open
      size="small"
      onClose={onClose}
      title={say.renameTitle}
      actions={
        <>
          <Button onClick={onClose}>{words.common.cancel}</Button>
          <Button type="submit" form={form} look="primary" busy={rename.isPending}>
            {words.common.save}
          </Button>
        </>
      }
    >
      <form
        id={form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!fault && !rename.isPending) rename.mutate({ id, name: typed.trim() });
        }}
      >
        <Field label={say.name} error={fault}>
          {(control) => (
            <Input
              {...control}
              autoFocus
              autoComplete="off"
              maxLength={80}
              value={typed}
              onChange={({ target }) => setTyped(target.value)}
            />
          )}
        </Field>
      </form>
      {rename.error ? <ErrorNote error={rename.error} /> : null}
    </Dialog>
  );
}
