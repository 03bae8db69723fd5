import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useId, useState, type ReactNode } from "react";
import type { ConnectionAccess } from "../../../shared/contracts/members";
import { answer, api } from "../client";
import { rolesQuery } from "../members/queries";
import { roleName } from "../members/role-name";
import { Button } from "../ui/button";
import { Checkbox } from "../ui/field";
import { notify } from "../ui/notify";
import { Panel } from "../ui/page";
import { SkeletonRows } from "../ui/skeleton";
import { ErrorNote } from "../ui/states";
import { words } from "../words";
import { ActionFailure } from "./action-failure";
import { PeopleChoice } from "./people-choice";
import { accessQuery } from "./queries";

const said = words.team.access;

const toggled = (list: readonly string[], id: string): string[] =>
  list.includes(id) ? list.filter((each) => each !== id) : [...list, id];

export function AccessForm({ id, access }: { id: string; access: ConnectionAccess }) {
  const [draft, setDraft] = useState(access);
  const queries = useQueryClient();
  const save = useMutation({
    mutationFn: () =>
      answer(
        api.v1.connections[":id"].access.$put({
          param: { id },
          json: draft.restricted ? draft : { ...draft, roles: [], people: [] },
        }),
      ),
    onSuccess: (saved) => {
      queries.setQueryData(accessQuery(id).queryKey, saved);
      notify({ tone: "success", title: said.saved });
    },
  });
  const name = useId();
  const { restricted, roles, people, needsSecondFactor } = draft;
  const changed = JSON.stringify(draft) !== JSON.stringify(access);
  const nobody = restricted && roles.length + people.length === 0;
  return (
    <form
      noValidate
      className="flex min-w-0 max-w-2xl flex-col gap-6"
      onSubmit={(event) => {
        event.preventDefault();
        if (changed && !nobody && !save.isPending) save.mutate();
      }}
    >
      <section className="flex flex-col gap-3">
        <h2 className="text-base">{said.title}</h2>
        <p className="text-sm text-muted">{said.hint}</p>
        <Panel className="flex flex-col gap-4 p-5">
          <fieldset className="flex flex-col gap-3">
            <legend className="sr-only">{said.title}</legend>
            <Way
              name={name}
              checked={!restricted}
              label={said.open}
              hint={said.openHint}
              onChoose={() => setDraft({ ...draft, restricted: false })}
            />
            <Way
              name={name}
              checked={restricted}
              label={said.restricted}
              hint={said.restrictedHint}
              onChoose={() => setDraft({ ...draft, restricted: true })}
            />
          </fieldset>
          {restricted ? (
            <div className="grid gap-x-6 gap-y-4 border-t border-line pt-4 sm:grid-cols-2">
              <RoleBoxes
                value={roles}
                onToggle={(role) => setDraft({ ...draft, roles: toggled(roles, role) })}
              />
              <PeopleChoice
                value={people}
                onToggle={(person) => setDraft({ ...draft, people: toggled(people, person) })}
              />
            </div>
          ) : null}
          <p role="status" className="text-[0.8125rem] text-danger empty:hidden">
            {nobody ? said.nobodyChosen : null}
          </p>
        </Panel>
      </section>
      <Panel className="p-5">
        <Checkbox
          label={<span className="font-medium">{said.secondFactor}</span>}
          hint={said.secondFactorHint}
          checked={needsSecondFactor}
          onChange={({ target }) => setDraft({ ...draft, needsSecondFactor: target.checked })}
        />
      </Panel>
      {save.error ? <ActionFailure error={save.error} /> : null}
      <div className="flex gap-2">
        <Button type="submit" look="primary" busy={save.isPending} disabled={!changed || nobody}>
          {words.common.save}
        </Button>
        {changed ? <Button onClick={() => setDraft(access)}>{words.common.cancel}</Button> : null}
      </div>
    </form>
  );
}

const Way = ({
  name,
  checked,
  label,
  hint,
  onChoose,
}: {
  name: string;
  checked: boolean;
  label: ReactNode;
  hint: string;
  onChoose: () => void;
}) => (
  <label className="flex items-start gap-2.5 rounded-lg has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent">
    <input
      type="radio"
      name={name}
      checked={checked}
      onChange={onChoose}
      className="mt-0.5 size-5 shrink-0 accent-accent outline-none"
    />
    <span className="min-w-0">
      <span className="block text-sm font-medium">{label}</span>
      <span className="block text-[0.8125rem] text-muted">{hint}</span>
    </span>
  </label>
);

function RoleBoxes({
  value,
  onToggle,
}: {
  value: readonly string[];
  onToggle: (role: string) => void;
}) {
  const roles = useQuery(rolesQuery);
  return (
    <fieldset className="flex min-w-0 flex-col gap-2">
      <legend className="mb-2 text-sm font-medium">{said.roles}</legend>
      {roles.error && !roles.data ? (
        <ErrorNote error={roles.error} retry={() => void roles.refetch()} />
      ) : null}
      {roles.isPending ? <SkeletonRows rows={3} className="h-6" /> : null}
      {roles.data?.items.map((role) => (
        <Checkbox
          key={role.id}
          label={<bdi>{roleName(role.id, role.name)}</bdi>}
          hint={role.permissions.includes("connections.write") ? said.always : undefined}
          // Whoever may change the connection uses it whatever is chosen here.
          checked={value.includes(role.id) || role.permissions.includes("connections.write")}
          disabled={role.permissions.includes("connections.write")}
          onChange={() => onToggle(role.id)}
        />
      ))}
    </fieldset>
  );
}
