import { ChevronRight, Plus, X } from "lucide-react";
import { useId, useState, type ReactNode } from "react";
import { Button, IconButton } from "../../ui/button";
import { words } from "../../words";
import type { Field } from "../schema/field";
import { startItem } from "../values/start-value";
import { pointerOf } from "../values/place";
import type { ArgumentProps } from "./props";
import { useFault, useForm } from "./form-context";
import { labelOf } from "./label";
import { kindOf } from "./hints";
import { FieldHint, FieldLabel, hasHint, NullBox } from "./scalar-frame";

const { form } = words.playground;
/** Groups below this depth are closed until somebody opens them. */
const openDepth = 2;

type Props = ArgumentProps & {
  field: Field;
  /** How much is in it: "3 items". */
  summary?: string | undefined;
  children: () => ReactNode;
};

/** A value made of others: not there until it is added, and closed where it lies deep. */
export function GroupFrame({
  schema,
  field,
  place,
  name,
  value,
  required,
  depth,
  onRemove,
  summary,
  children,
}: Props) {
  const { root, edit } = useForm();
  const [isOpen, setOpen] = useState(depth < openDepth);
  const id = useId();
  const pointer = pointerOf(place);
  const error = useFault(pointer);
  const label = labelOf(field, name);
  const isNull = value === null && field.nullable;
  const isThere = value !== undefined && !isNull;
  const remove = onRemove ?? (required || !isThere ? undefined : () => edit(place, undefined));
  const add = () => {
    setOpen(true);
    edit(place, startItem(root, schema));
  };
  return (
    <div
      role="group"
      aria-labelledby={`${id}-label`}
      aria-describedby={error ? `${id}-error` : hasHint(field) ? `${id}-hint` : undefined}
      className="flex min-w-0 flex-col gap-2 rounded-lg border border-line px-3 py-2"
    >
      <div className="flex min-h-9 flex-wrap items-center gap-x-2 gap-y-1">
        {isThere ? (
          <button
            type="button"
            aria-expanded={isOpen}
            aria-label={isOpen ? form.close(label) : form.open(label)}
            onClick={() => setOpen(!isOpen)}
            className="-ml-1.5 grid size-8 place-items-center rounded-lg hover:bg-raised"
          >
            <ChevronRight
              aria-hidden
              className={`size-4.5 transition-transform ${isOpen ? "rotate-90" : ""}`}
            />
          </button>
        ) : null}
        <span id={`${id}-label`} className="min-w-0 flex-1 text-sm font-medium wrap-anywhere">
          <FieldLabel field={field} name={name} />
          {required ? (
            <span aria-hidden className="text-danger">
              {" *"}
            </span>
          ) : null}
          <span className="ml-2 text-xs font-normal text-muted">
            {isThere && summary !== undefined ? summary : kindOf(field)}
          </span>
        </span>
        {field.nullable ? <NullBox label={label} place={place} isNull={isNull} /> : null}
        {isThere || isNull ? null : (
          <Button
            size="small"
            icon={<Plus aria-hidden className="size-4" />}
            aria-label={form.add(label)}
            onClick={add}
          >
            {words.playground.form.addShort}
          </Button>
        )}
        {remove ? (
          <IconButton label={form.remove(label)} size="small" onClick={remove}>
            <X aria-hidden className="size-4" />
          </IconButton>
        ) : null}
      </div>
      {hasHint(field) ? (
        <div id={`${id}-hint`} className="text-[0.8125rem] text-muted wrap-anywhere">
          <FieldHint field={field} />
        </div>
      ) : null}
      {error ? (
        <p id={`${id}-error`} className="text-[0.8125rem] text-danger wrap-anywhere">
          {error}
        </p>
      ) : null}
      {isThere && isOpen ? (
        <div className="flex min-w-0 flex-col gap-4 pb-2">{children()}</div>
      ) : null}
    </div>
  );
}
