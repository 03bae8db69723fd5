import { X } from "lucide-react";
import type { ReactNode } from "react";
import { Badge } from "../../ui/badge";
import { IconButton } from "../../ui/button";
import { Field, type ControlProps } from "../../ui/field";
import { plainLine } from "../../ui/foreign";
import { ForeignText } from "../../ui/foreign-text";
import { words } from "../../words";
import type { Field as ArgumentField } from "../schema/field";
import { pointerOf } from "../values/place";
import type { ArgumentProps } from "./props";
import { labelOf } from "./label";
import { useFault, useForm } from "./form-context";
import { hintsOf, kindOf } from "./hints";

const { form, hints } = words.playground;

type Props = Omit<ArgumentProps, "schema" | "depth"> & { field: ArgumentField };

/** Label, hints and faults around a control of one value. */
export function ScalarFrame({
  field,
  place,
  name,
  value,
  required,
  onRemove,
  children,
}: Props & { children: (control: ControlProps) => ReactNode }) {
  const error = useFault(pointerOf(place));
  const label = labelOf(field, name);
  const isNull = value === null && field.nullable;
  return (
    <Field
      label={<FieldLabel field={field} name={name} />}
      hint={hasHint(field) ? <FieldHint field={field} /> : undefined}
      error={error}
      required={required}
      aside={
        <span className="flex items-center gap-2 text-xs text-muted">
          {kindOf(field)}
          {field.nullable ? <NullBox label={label} place={place} isNull={isNull} /> : null}
          {onRemove ? (
            <IconButton
              label={form.remove(label)}
              size="small"
              className="-my-1"
              onClick={onRemove}
            >
              <X aria-hidden className="size-4" />
            </IconButton>
          ) : null}
        </span>
      }
    >
      {(control) =>
        isNull ? (
          <p className="flex min-h-9.5 items-center text-sm text-muted">{form.isNull}</p>
        ) : (
          children(control)
        )
      }
    </Field>
  );
}

export function FieldLabel({ field, name }: { field: ArgumentField; name: string }) {
  const label = labelOf(field, name);
  return (
    <>
      <bdi>{label}</bdi>
      {label === name ? null : (
        <code className="ml-2 font-normal text-muted">
          <bdi>{plainLine(name, 80)}</bdi>
        </code>
      )}
      {field.deprecated ? (
        <Badge tone="warning" className="ml-2">
          {hints.deprecated}
        </Badge>
      ) : null}
    </>
  );
}

export const hasHint = (field: ArgumentField): boolean =>
  field.description !== undefined || field.unshown.length > 0 || hintsOf(field).length > 0;

export function FieldHint({ field }: { field: ArgumentField }) {
  const limits = hintsOf(field).join(" · ");
  return (
    <>
      {field.description === undefined ? null : (
        <span className="block">
          <ForeignText longest={300}>{field.description}</ForeignText>
        </span>
      )}
      {limits === "" ? null : <bdi className="block">{limits}</bdi>}
      {field.unshown.length > 0 && field.kind !== "json" ? (
        <span className="block">{words.playground.raw.unshown}</span>
      ) : null}
    </>
  );
}

export function NullBox({
  label,
  place,
  isNull,
}: {
  label: string;
  place: Props["place"];
  isNull: boolean;
}) {
  const { edit } = useForm();
  return (
    <label className="flex min-h-7 items-center gap-1.5 text-[0.8125rem] text-muted">
      <input
        type="checkbox"
        className="size-6.5 accent-accent"
        aria-label={form.nullLabel(label)}
        checked={isNull}
        onChange={(event) => edit(place, event.target.checked ? null : undefined)}
      />
      <code>{form.sendNull}</code>
    </label>
  );
}
