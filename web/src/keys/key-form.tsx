import { useSuspenseQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ApiKey } from "../../../shared/contracts/teams";
import type { Permission } from "../../../shared/roles";
import { meQuery } from "../shell/queries";
import { Field, Input, Select, Textarea } from "../ui/field";
import { plainLine } from "../ui/foreign";
import { words } from "../words";
import { addressesIn } from "./addresses";
import { chosenScopes, ScopeChoice, type Scopes } from "./scope-choice";
import { presetOf } from "./scopes";

const say = words.keys.form;

export type KeyDraft = {
  name: string;
  scopes: Permission[] | null;
  allowedAddresses: string[] | null;
  expiresInDays: number | undefined;
};

/** The fields of a key, new or in force; an expiry is given once, when the key is made. */
export function KeyForm({
  id,
  edited,
  onSave,
}: {
  id: string;
  edited?: ApiKey;
  onSave: (draft: KeyDraft) => void;
}) {
  const { data: me } = useSuspenseQuery(meQuery);
  const [name, setName] = useState(edited?.name ?? "");
  const [days, setDays] = useState("90");
  const [typed, setTyped] = useState(edited?.allowedAddresses?.join("\n") ?? "");
  const [scopes, setScopes] = useState<Scopes>({
    preset: edited ? presetOf(edited.scopes) : "run",
    chosen: new Set(edited?.scopes),
  });
  const [checked, setChecked] = useState(false);
  const { addresses, wrong } = addressesIn(typed);
  const chosen = chosenScopes(scopes, me.permissions);
  const faults = {
    name: name.trim() === "" ? say.nameMissing : undefined,
    addresses: wrong.length > 0 ? say.addressWrong(wrong.slice(0, 5).join(", ")) : undefined,
    scopes: chosen?.length === 0 || chosen === undefined ? words.keys.scopes.none : undefined,
  };
  return (
    <form
      id={id}
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        setChecked(true);
        if (faults.name || faults.addresses || faults.scopes || chosen === undefined) return;
        onSave({
          name: name.trim(),
          scopes: chosen,
          allowedAddresses: addresses,
          expiresInDays: days === "never" ? undefined : Number(days),
        });
      }}
    >
      <Field
        label={say.name}
        hint={say.nameHint}
        required
        error={checked ? faults.name : undefined}
      >
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
      <ScopeChoice value={scopes} onChange={setScopes} />
      <p role="alert" className="text-[0.8125rem] text-danger empty:hidden">
        {checked ? faults.scopes : null}
      </p>
      {edited ? null : (
        <Field label={say.expiry} hint={say.expiryHint}>
          {(control) => (
            <Select {...control} value={days} onChange={({ target }) => setDays(target.value)}>
              {Object.entries(say.days).map(([value, label]) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
              <option value="never">{say.never}</option>
            </Select>
          )}
        </Field>
      )}
      <Field
        label={say.addresses}
        hint={say.addressesHint}
        error={checked && faults.addresses ? plainLine(faults.addresses, 300) : undefined}
      >
        {(control) => (
          <Textarea
            {...control}
            rows={2}
            value={typed}
            spellCheck={false}
            autoComplete="off"
            className="font-mono text-[0.8125rem]!"
            onChange={({ target }) => setTyped(target.value)}
          />
        )}
      </Field>
    </form>
  );
}
