import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { MachineClientSecret } from "../../../shared/contracts/grants";
import { clientScopes, type ClientScope } from "../../../shared/roles";
import { answer, api } from "../client";
import { connectionNamesQuery } from "../connections/queries";
import { queryKeys } from "../query-keys";
import { announce } from "../shell/announcer";
import { meQuery } from "../shell/queries";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Checkbox, Field, Input, Select } from "../ui/field";
import { plainLine } from "../ui/foreign";
import { ErrorNote } from "../ui/states";
import { words } from "../words";
import { permissionWords } from "../words/permissions";
import { MachineSecret } from "./machine-secret";

const { machines: say, scopes: sayScopes } = words.keys;
const form = "make-machine";

const toggled = <Item,>(set: ReadonlySet<Item>, item: Item): ReadonlySet<Item> => {
  const next = new Set(set);
  if (!next.delete(item)) next.add(item);
  return next;
};

export function MakeMachineDialog({ onClose }: { onClose: () => void }) {
  const { data: me } = useSuspenseQuery(meQuery);
  const connections = useQuery(connectionNamesQuery);
  const queries = useQueryClient();
  const [name, setName] = useState("");
  const [scopes, setScopes] = useState<ReadonlySet<ClientScope>>(new Set(clientScopes));
  const [chosen, setChosen] = useState<ReadonlySet<string> | null>(null);
  const [checked, setChecked] = useState(false);
  const [made, setMade] = useState<MachineClientSecret>();
  const faults = {
    name: name.trim() === "" ? say.nameMissing : undefined,
    scopes: scopes.size === 0 ? sayScopes.none : undefined,
    connections: chosen?.size === 0 ? say.noConnections : undefined,
  };
  const make = useMutation({
    gcTime: 0,
    mutationFn: () =>
      answer(
        api.v1["machine-clients"].$post({
          json: {
            name: name.trim(),
            scopes: [...scopes],
            connections: chosen === null ? null : [...chosen],
          },
        }),
      ),
    onSuccess: (machine) => {
      setMade(machine);
      announce(say.shownTitle);
      return queries.invalidateQueries({ queryKey: queryKeys.machines });
    },
  });
  if (made) return <MachineSecret made={made} onClose={onClose} />;
  return (
    <Dialog
      open
      onClose={onClose}
      title={say.make}
      description={say.hint}
      actions={
        <>
          <Button onClick={onClose}>{words.common.cancel}</Button>
          <Button type="submit" form={form} look="primary" busy={make.isPending}>
            {say.confirm}
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
          if (!Object.values(faults).some(Boolean) && !make.isPending) make.mutate();
        }}
      >
        <Field label={say.name} required error={checked ? faults.name : undefined}>
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
        <fieldset className="flex flex-col gap-2">
          <legend className="mb-2 text-sm font-medium">{sayScopes.label}</legend>
          {clientScopes.map((scope) => (
            <Checkbox
              key={scope}
              label={permissionWords.said[scope].name}
              hint={permissionWords.said[scope].means}
              checked={scopes.has(scope)}
              disabled={!me.permissions.includes(scope)}
              onChange={() => setScopes(toggled(scopes, scope))}
            />
          ))}
          <Fault>{checked ? faults.scopes : undefined}</Fault>
        </fieldset>
        <Field label={say.connections}>
          {(control) => (
            <Select
              {...control}
              value={chosen === null ? "all" : "some"}
              onChange={({ target }) => setChosen(target.value === "all" ? null : new Set())}
            >
              <option value="all">{say.allConnections}</option>
              <option value="some">{say.someConnections}</option>
            </Select>
          )}
        </Field>
        {chosen === null ? null : (
          <div
            role="group"
            aria-label={say.someConnections}
            className="flex max-h-56 flex-col gap-2 overflow-y-auto rounded-lg border border-line p-3"
          >
            {connections.data?.items.map(({ id, name: given }) => (
              <Checkbox
                key={id}
                label={<bdi>{plainLine(given, 80)}</bdi>}
                checked={chosen.has(id)}
                onChange={() => setChosen(toggled(chosen, id))}
              />
            ))}
            {connections.data?.items.length === 0 ? (
              <p className="text-sm text-muted">{say.noneThere}</p>
            ) : null}
            {connections.error ? <ErrorNote error={connections.error} /> : null}
          </div>
        )}
        <Fault>{checked ? faults.connections : undefined}</Fault>
      </form>
      {make.error ? <ErrorNote error={make.error} /> : null}
    </Dialog>
  );
}

const Fault = ({ children }: { children: string | undefined }) => (
  <p role="alert" className="text-[0.8125rem] text-danger empty:hidden">
    {children}
  </p>
);
