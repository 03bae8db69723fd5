import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Connection } from "../../../shared/contracts/connections";
import { answer, api, ApiError } from "../client";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Field, Input } from "../ui/field";
import { plainLine } from "../ui/foreign";
import { notify } from "../ui/notify";
import { words } from "../words";
import { ActionFailure } from "./action-failure";
import { showAnew } from "./cache";
import { nameFault } from "./checks";
import { fieldOf } from "./draft";

const said = words.connections.rename;
const form = "rename-connection";

export function RenameDialog({
  connection: { id, name },
  onClose,
}: {
  connection: Connection;
  onClose: () => void;
}) {
  const [typed, setTyped] = useState(name);
  const queries = useQueryClient();
  const rename = useMutation({
    mutationFn: (next: string) =>
      answer(api.v1.connections[":id"].$patch({ param: { id }, json: { name: next } })),
    onSuccess: (renamed) => {
      showAnew(queries, renamed);
      notify({ tone: "success", title: said.saved(plainLine(renamed.name, 80)) });
      onClose();
    },
  });
  const next = typed.trim();
  const fault = nameFault(typed);
  const taken =
    rename.error instanceof ApiError && fieldOf(rename.error) === "name" ? rename.error : undefined;
  return (
    <Dialog
      open
      onClose={onClose}
      title={said.title}
      size="small"
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
          if (next === name) return onClose();
          if (!fault && !rename.isPending) rename.mutate(next);
        }}
      >
        <Field
          label={words.connections.settings.name}
          hint={said.hint}
          error={taken?.message ?? fault}
        >
          {(control) => (
            <Input
              {...control}
              autoFocus
              value={typed}
              autoComplete="off"
              onChange={({ target }) => {
                setTyped(target.value);
                rename.reset();
              }}
            />
          )}
        </Field>
      </form>
      {rename.error && !taken ? <ActionFailure error={rename.error} /> : null}
    </Dialog>
  );
}
