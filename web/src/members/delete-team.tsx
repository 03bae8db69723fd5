import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { Team } from "../../../shared/contracts/members";
import { api, done } from "../client";
import { ConfirmDialog } from "../ui/dialog";
import { Field, Input } from "../ui/field";
import { plainLine } from "../ui/foreign";
import { ErrorNote } from "../ui/states";
import { words } from "../words";

const said = words.team.deleteTeam;

/** What goes with the team, and its name typed out. The page is loaded anew once it is gone. */
export function DeleteTeam({ team: { name }, onClose }: { team: Team; onClose: () => void }) {
  const [typed, setTyped] = useState("");
  const remove = useMutation({
    mutationFn: () => done(api.v1.team.$delete({ json: { name } })),
    onSuccess: () => location.assign("/"),
  });
  const matches = typed.trim() === name.trim();
  const busy = remove.isPending || remove.isSuccess;
  return (
    <ConfirmDialog
      open
      danger
      onClose={onClose}
      title={said.title(plainLine(name, 80))}
      confirm={said.confirm}
      busy={busy}
      disabled={!matches}
      onConfirm={() => remove.mutate()}
    >
      <ul className="flex list-disc flex-col gap-1 pl-5">
        {said.why.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (matches && !busy) remove.mutate();
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
              onChange={({ target }) => setTyped(target.value)}
            />
          )}
        </Field>
      </form>
      {remove.error ? <ErrorNote error={remove.error} /> : null}
    </ConfirmDialog>
  );
}
