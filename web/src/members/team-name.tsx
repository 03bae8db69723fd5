import { useState } from "react";
import type { Team } from "../../../shared/contracts/members";
import { Button } from "../ui/button";
import { Field, Input } from "../ui/field";
import { ErrorNote } from "../ui/states";
import { words } from "../words";
import { useUpdateTeam } from "./use-team";

const said = words.team.settings;

export function TeamName({ team: { name }, mayChange }: { team: Team; mayChange: boolean }) {
  const [typed, setTyped] = useState(name);
  const save = useUpdateTeam(() => said.saved);
  const next = typed.trim();
  const fault = next === "" ? said.nameMissing : undefined;
  return (
    <form
      noValidate
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (!fault && next !== name && !save.isPending) save.mutate({ name: next });
      }}
    >
      <div className="flex flex-wrap items-end gap-2">
        <Field label={said.name} error={fault} className="flex-1 basis-56">
          {(control) => (
            <Input
              {...control}
              value={typed}
              maxLength={80}
              disabled={!mayChange}
              autoComplete="off"
              onChange={({ target }) => {
                setTyped(target.value);
                save.reset();
              }}
            />
          )}
        </Field>
        {mayChange ? (
          <Button
            type="submit"
            busy={save.isPending}
            disabled={next === name || fault !== undefined}
            className={fault ? "mb-6.5" : ""}
          >
            {words.common.save}
          </Button>
        ) : null}
      </div>
      <p className="text-[0.8125rem] text-muted">{said.nameHint}</p>
      {save.error ? <ErrorNote error={save.error} /> : null}
    </form>
  );
}
