import { useMemo, useState } from "react";
import { Field, Select } from "../../ui/field";
import { words } from "../../words";
import { fieldOf } from "../schema/field";
import { variantFor, type Variant } from "../schema/variants";
import { reshaped } from "../values/start-value";
import type { FieldProps } from "./props";
import { useForm } from "./form-context";
import { GroupFrame } from "./group-frame";
import { ObjectFields } from "./object-fields";

const { form, types } = words.playground;

const nameOf = ({ name, type }: Variant, at: number): string =>
  name ?? (type === undefined ? undefined : types[type]) ?? form.variantNumber(at + 1);

/** A value of one of several shapes: which one is picked, then its fields. */
export function VariantsGroup(props: FieldProps<"variants">) {
  return <GroupFrame {...props}>{() => <Picked {...props} />}</GroupFrame>;
}

/** The same without a frame around it. */
export function Picked({ field, place, value, name, required, depth }: FieldProps<"variants">) {
  const { root, edit, Argument } = useForm();
  const [picked, setPicked] = useState(() => variantFor(root, field.variants, value));
  const variant = field.variants[picked];
  const shown = useMemo(() => fieldOf(root, variant?.schema ?? true), [root, variant]);
  const pick = (at: number) => {
    setPicked(at);
    edit(place, reshaped(root, field.variants[at]?.schema ?? true, value) ?? null);
  };
  return (
    <>
      <Field label={form.variant}>
        {(control) => (
          <Select {...control} value={picked} onChange={({ target }) => pick(Number(target.value))}>
            {field.variants.map((one, at) => (
              <option key={nameOf(one, at)} value={at}>
                {nameOf(one, at)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {shown.kind === "object" ? (
        <ObjectFields key={picked} field={shown} place={place} value={value} depth={depth + 1} />
      ) : (
        <Argument
          key={picked}
          schema={variant?.schema ?? true}
          place={place}
          value={value}
          name={name}
          required={required}
          depth={depth + 1}
        />
      )}
    </>
  );
}
