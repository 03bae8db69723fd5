import { useState } from "react";
import { Textarea, type ControlProps } from "../../ui/field";
import { words } from "../../words";
import { sameJson } from "../schema/json";
import { readJson } from "../values/json-text";
import { pointerOf } from "../values/place";
import type { ArgumentProps } from "./props";
import { ControlFault } from "./control-fault";
import { useForm } from "./form-context";

const { faults, form, raw } = words.playground;

type Because = "anything" | "rules" | "reference" | "notFitting" | "null" | "never";
const reasons: Record<Because, string> = {
  anything: raw.anything,
  rules: raw.rules,
  reference: raw.reference,
  notFitting: form.notFitting,
  null: form.isNull,
  never: form.never,
};

/** A value of any kind, as JSON. */
export function JsonControl({
  place,
  value,
  because,
  control,
}: Pick<ArgumentProps, "place" | "value"> & { because: Because; control: ControlProps }) {
  const { edit } = useForm();
  const [draft, setDraft] = useState(() => written(value));
  const read = draft.trim() === "" ? { value: undefined } : readJson(draft);
  const stale = "value" in read && !sameJson(read.value, value);
  const text = stale ? written(value) : draft;
  const fault =
    "value" in read ? undefined : read.fault === "number" ? faults.tooLarge : faults.syntax;
  const change = (next: string) => {
    setDraft(next);
    const now = next.trim() === "" ? { value: undefined } : readJson(next);
    if (!("value" in now)) return;
    edit(
      place,
      now.value === undefined && typeof place.at(-1)?.key === "number" ? null : now.value,
    );
  };
  return (
    <ControlFault pointer={pointerOf(place)} fault={fault} control={control}>
      {(described) => (
        <>
          <Textarea
            {...described}
            rows={1}
            spellCheck={false}
            className="field-sizing-content max-h-80 min-h-9.5! font-mono text-[0.8125rem]"
            value={text}
            onChange={(event) => change(event.target.value)}
          />
          <p className="text-[0.8125rem] text-muted">{reasons[because]}</p>
        </>
      )}
    </ControlFault>
  );
}

const written = (value: unknown): string =>
  value === undefined ? "" : (JSON.stringify(value, null, 2) ?? "");
