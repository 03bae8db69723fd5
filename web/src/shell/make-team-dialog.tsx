import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { answer, api } from "../client";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Field, Input } from "../ui/field";
import { ErrorNote } from "../ui/states";
import { words } from "../words";
import { tellOfTeam } from "./team-news";

const said = words.team.switcher;
const form = "make-team";

export function MakeTeamDialog({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState("");
  const [checked, setChecked] = useState(false);
  const fault = name.trim() === "" ? words.team.settings.nameMissing : undefined;
  const make = useMutation({
    mutationFn: () => answer(api.v1.teams.$post({ json: { name: name.trim() } })),
    onSuccess: () => {
      tellOfTeam();
      location.assign("/");
    },
  });
  const busy = make.isPending || make.isSuccess;
  return (
    <Dialog
      open
      onClose={onClose}
      title={said.makeTitle}
      description={said.makeWhy}
      size="small"
      actions={
        <>
          <Button onClick={onClose}>{words.common.cancel}</Button>
          <Button type="submit" form={form} look="primary" busy={busy}>
            {said.makeConfirm}
          </Button>
        </>
      }
    >
      <form
        id={form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setChecked(true);
          if (!fault && !busy) make.mutate();
        }}
      >
        <Field label={said.makeName} required error={checked ? fault : undefined}>
          {(control) => (
            <Input
              {...control}
              autoFocus
              value={name}
              maxLength={80}
              autoComplete="off"
              onChange={({ target }) => setName(target.value)}
            />
          )}
        </Field>
      </form>
      {make.error ? <ErrorNote error={make.error} /> : null}
    </Dialog>
  );
}
