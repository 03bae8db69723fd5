import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import type { LimitScope, LimitSetting } from "../../../shared/contracts/limits";
import { queryKeys } from "../query-keys";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Field, Input, Select } from "../ui/field";
import { notify } from "../ui/notify";
import { ErrorNote } from "../ui/states";
import { words } from "../words";
import { limits as say } from "../words/limits";
import { draftOf, faultOf, fields, toSet } from "./draft";
import { setLimit } from "./requests";
import { nameOf } from "./settings-section";
import { SubjectChoice, useTeamId } from "./subject-choice";

const { form: text } = say;
const labels = { perMinute: text.perMinute, perDay: text.perDay, budgetPerDay: text.budget };

/** Most often it is the limit of every person. */
const firstOf = (scopes: readonly LimitScope[]): LimitScope =>
  scopes.includes("member") ? "member" : (scopes[0] ?? "tool");

/** Sets a limit, or changes one. */
export function LimitDialog({
  scopes,
  edited,
  onClose,
}: {
  /** Whose limits may be set. */
  scopes: readonly LimitScope[];
  edited?: LimitSetting;
  onClose: () => void;
}) {
  const form = useId();
  const queries = useQueryClient();
  const teamId = useTeamId();
  const [scope, setScope] = useState<LimitScope>(edited?.scope ?? firstOf(scopes));
  const [chosen, setChosen] = useState(edited?.subjectId ?? "");
  const [draft, setDraft] = useState(() => draftOf(edited));
  const [checked, setChecked] = useState(false);
  const subjectId = scope === "team" || scope === "member" ? teamId : chosen;
  const wanted = toSet(draft);
  const wrong = fields.some((field) => faultOf(draft[field]) !== undefined);
  const save = useMutation({
    mutationFn: (set: NonNullable<typeof wanted>) => setLimit(edited ?? { scope, subjectId }, set),
    onSuccess: async () => {
      notify({ tone: "success", title: say.settings.saved });
      onClose();
      await queries.invalidateQueries({ queryKey: queryKeys.limits });
    },
  });
  return (
    <Dialog
      open
      onClose={onClose}
      title={edited ? text.editTitle(nameOf(edited)) : text.title}
      actions={
        <>
          <Button onClick={onClose}>{words.common.cancel}</Button>
          <Button type="submit" form={form} look="primary" busy={save.isPending}>
            {text.save}
          </Button>
        </>
      }
    >
      <form
        id={form}
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          setChecked(true);
          if (wanted && subjectId !== "" && !save.isPending) save.mutate(wanted);
        }}
      >
        {edited ? null : (
          <>
            <Field label={text.scope}>
              {(control) => (
                <Select
                  {...control}
                  value={scope}
                  onChange={({ target }) => {
                    setScope(target.value as LimitScope);
                    setChosen("");
                  }}
                >
                  {scopes.map((each) => (
                    <option key={each} value={each}>
                      {say.scope[each]}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
            <SubjectChoice
              key={scope}
              scope={scope}
              value={chosen}
              error={checked && subjectId === "" ? text.noSubject : undefined}
              onChange={setChosen}
            />
          </>
        )}
        <div className="grid gap-4 sm:grid-cols-3">
          {fields.map((field) => (
            <Field
              key={field}
              label={labels[field]}
              error={checked ? faultOf(draft[field]) : undefined}
            >
              {(control) => (
                <Input
                  {...control}
                  inputMode="numeric"
                  autoComplete="off"
                  maxLength={12}
                  value={draft[field]}
                  onChange={({ target }) => setDraft({ ...draft, [field]: target.value })}
                />
              )}
            </Field>
          ))}
        </div>
        <p className="text-[0.8125rem] text-muted">
          {text.hint} {text.budgetHint}
        </p>
        <p role="alert" className="text-[0.8125rem] text-danger empty:hidden">
          {checked && !wrong && !wanted ? text.nothing : null}
        </p>
      </form>
      {save.error ? <ErrorNote error={save.error} /> : null}
    </Dialog>
  );
}
