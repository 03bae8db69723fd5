import { Select, type ControlProps } from "../../ui/field";
import { words } from "../../words";
import type { ArgumentProps } from "./props";
import { useForm } from "./form-context";

const { form } = words.playground;

export function BooleanControl({
  place,
  value,
  required,
  control,
}: Pick<ArgumentProps, "place" | "value" | "required"> & { control: ControlProps }) {
  const { edit } = useForm();
  return (
    <Select
      {...control}
      value={typeof value === "boolean" ? String(value) : ""}
      onChange={({ target }) =>
        edit(place, target.value === "" ? undefined : target.value === "true")
      }
    >
      <option value="">{required ? form.choose : form.notSent}</option>
      <option value="true">{form.yes}</option>
      <option value="false">{form.no}</option>
    </Select>
  );
}
