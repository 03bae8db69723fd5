import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Connection } from "../../../shared/contracts/connections";
import { api, done } from "../client";
import { queryKeys } from "../query-keys";
import { ConfirmDialog } from "../ui/dialog";
import { Field, Input } from "../ui/field";
import { plainLine } from "../ui/foreign";
import { notify } from "../ui/notify";
import { words } from "../words";
import { ActionFailure } from "./action-failure";
import { connectionKeys } from "./queries";
import { hasCredential, isMcp } from "./standing";

const said = words.connections.remove;

/** What goes, what stays, and the name typed out: it cannot be undone. */
export function DeleteDialog({
  connection,
  onClose,
  leave,
}: {
  connection: Connection;
  onClose: () => void;
  /** Away from a page that shows what is gone. */
  leave?: () => Promise<void>;
}) {
  const { id, name, counts } = connection;
  const [typed, setTyped] = useState("");
  const queries = useQueryClient();
  const shown = plainLine(name, 80);
  const remove = useMutation({
    mutationFn: () => done(api.v1.connections[":id"].$delete({ param: { id } })),
    onSuccess: async () => {
      onClose();
      await leave?.();
      queries.removeQueries({ queryKey: connectionKeys.ones });
      await queries.invalidateQueries({ queryKey: queryKeys.connections });
      // What had the focus is gone with it.
      document.querySelector<HTMLElement>("main h1")?.focus();
      notify({ tone: "success", title: said.gone(shown) });
    },
  });
  const matches = typed.trim() === name.trim();
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={said.title(shown)}
      confirm={said.confirm}
      danger
      busy={remove.isPending}
      disabled={!matches}
      onConfirm={() => remove.mutate()}
    >
      <ul className="flex list-disc flex-col gap-1 pl-5">
        {isMcp(connection) ? (
          <li>{counts.tools > 0 ? said.tools(counts.tools) : said.noTools}</li>
        ) : null}
        <li>{hasCredential(connection) ? said.credential : said.noCredential}</li>
        <li>{said.stays}</li>
      </ul>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (matches && !remove.isPending) remove.mutate();
        }}
      >
        <Field
          label={
            <>
              {said.type} <bdi className="font-semibold select-all">{name}</bdi>
            </>
          }
        >
          {(control) => (
            <Input
              {...control}
              autoFocus
              value={typed}
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => setTyped(event.target.value)}
            />
          )}
        </Field>
      </form>
      {remove.error ? <ActionFailure error={remove.error} /> : null}
    </ConfirmDialog>
  );
}
