import { Plus } from "lucide-react";
import { useMemo, useState } from "react";
import type { JsonObject } from "../../../../shared/json";
import { Button } from "../../ui/button";
import { Field, Input } from "../../ui/field";
import { words } from "../../words";
import type { Group } from "../schema/field";
import { startItem } from "../values/start-value";
import type { Place } from "../values/place";
import { useForm } from "./form-context";

const { form, raw } = words.playground;
const chunk = 50;

/** The fields of an object that its schema does not name: those that are there, and room for more where it invites them. */
export function ExtraFields({
  field: { properties, rows },
  place,
  value,
  depth,
}: {
  field: Group;
  place: Place;
  value: JsonObject;
  depth: number;
}) {
  const [limit, setLimit] = useState(chunk);
  const known = useMemo(() => new Set(properties.map(({ name }) => name)), [properties]);
  const names = Object.keys(value).filter((name) => !known.has(name));
  if (names.length === 0 && !rows.open) return null;
  return (
    <div className="flex min-w-0 flex-col gap-4">
      {properties.length > 0 && names.length > 0 ? (
        <p className="text-sm font-medium">{rows.open ? form.extra : form.unknownFields}</p>
      ) : null}
      {rows.odd ? <p className="text-[0.8125rem] text-muted">{raw.patterns}</p> : null}
      {names.slice(0, limit).map((name) => (
        <ExtraField
          key={name}
          name={name}
          schema={rows.schema}
          place={place}
          value={value[name]}
          depth={depth}
        />
      ))}
      {names.length > limit ? (
        <Button size="small" className="self-start" onClick={() => setLimit(limit + chunk * 4)}>
          {form.more(names.length - limit)}
        </Button>
      ) : null}
      {rows.open ? (
        <NewField place={place} value={value} schema={rows.schema} taken={known} />
      ) : null}
    </div>
  );
}

function ExtraField({
  name,
  place,
  ...rest
}: {
  name: string;
  schema: unknown;
  place: Place;
  value: unknown;
  depth: number;
}) {
  const { Argument, edit } = useForm();
  // An empty row is still a row: only its own button takes it out.
  const at = useMemo(() => [...place, { key: name, kept: true }], [place, name]);
  return (
    <Argument
      {...rest}
      name={name}
      place={at}
      required={false}
      onRemove={() => edit(at, undefined)}
    />
  );
}

function NewField({
  place,
  value,
  schema,
  taken,
}: {
  place: Place;
  value: JsonObject;
  schema: unknown;
  taken: ReadonlySet<string>;
}) {
  const { root, edit } = useForm();
  const [name, setName] = useState("");
  const isTaken = taken.has(name) || Object.hasOwn(value, name);
  const add = () => {
    if (name === "" || isTaken) return;
    edit([...place, { key: name, kept: true }], startItem(root, schema));
    setName("");
  };
  return (
    <Field label={form.fieldName} error={isTaken ? form.fieldNameTaken : undefined}>
      {(control) => (
        <div className="flex gap-2">
          <Input
            {...control}
            autoComplete="off"
            value={name}
            onChange={(event) => setName(event.target.value)}
            onKeyDown={(event) => {
              if (event.key !== "Enter" || event.metaKey || event.ctrlKey) return;
              event.preventDefault();
              add();
            }}
          />
          <Button icon={<Plus aria-hidden className="size-4" />} onClick={add}>
            {form.addField}
          </Button>
        </div>
      )}
    </Field>
  );
}
