import { useState } from "react";
import { Input, type ControlProps } from "../../ui/field";
import { words } from "../../words";
import { readNumber } from "../values/read-number";
import { pointerOf } from "../values/place";
import type { FieldProps } from "./props";
import { ControlFault } from "./control-fault";
import { useForm } from "./form-context";

const { faults } = words.playground;
const sentences = {
  not_a_number: faults.notANumber,
  not_whole: faults.notWhole,
  too_large: faults.tooLarge,
};

const written = (value: unknown): string =>
  typeof value === "number" || typeof value === "string" ? String(value) : "";

/** What is typed becomes a number once it is one; until then it stays as it was typed. */
export function NumberControl({
  field,
  place,
  value,
  control,
}: FieldProps<"number"> & { control: ControlProps }) {
  const { edit } = useForm();
  const [draft, setDraft] = useState("");
  const meant = readNumber(draft, field.integer);
  const same = "value" in meant && meant.value === value;
  const text = same ? draft : written(value);
  const read = text === "" ? undefined : readNumber(text, field.integer);
  const fault = read && "fault" in read ? sentences[read.fault] : undefined;
  const change = (next: string) => {
    setDraft(next);
    const number = readNumber(next, field.integer);
    const inList = typeof place.at(-1)?.key === "number";
    if (next.trim() === "") edit(place, inList ? null : undefined);
    else edit(place, "value" in number ? number.value : next);
  };
  return (
    <ControlFault pointer={pointerOf(place)} fault={fault} control={control}>
      {(described) => (
        <Input
          {...described}
          inputMode={field.integer ? "numeric" : "decimal"}
          autoComplete="off"
          value={text}
          onChange={(event) => change(event.target.value)}
        />
      )}
    </ControlFault>
  );
}
