import { Checkbox } from "../../ui/field";
import { words } from "../../words";
import { sameJson } from "../schema/json";
import { valueLabel, type Option } from "../schema/options";
import type { FieldProps } from "./props";
import { useForm } from "./form-context";
import { GroupFrame } from "./group-frame";

const { hints, form } = words.playground;

/** A list that holds each of some values once or not at all, as boxes to tick. */
export function ChoicesGroup(props: FieldProps<"choices">) {
  const { edit } = useForm();
  const { field, place, value } = props;
  const chosen: readonly unknown[] = Array.isArray(value) ? value : [];
  const toggle = (option: Option, on: boolean) =>
    edit(
      place,
      on ? [...chosen, option.value] : chosen.filter((one) => !sameJson(one, option.value)),
    );
  const others = chosen.filter(
    (one) => !field.options.some((option) => sameJson(option.value, one)),
  );
  return (
    <GroupFrame
      {...props}
      summary={hints.items({ min: chosen.length, max: chosen.length }) ?? words.common.none}
    >
      {() => (
        <div className="grid gap-x-4 gap-y-2 sm:grid-cols-2">
          {field.options.map((option) => (
            <Checkbox
              key={option.label}
              label={<bdi>{option.label}</bdi>}
              hint={option.description}
              checked={chosen.some((one) => sameJson(one, option.value))}
              onChange={(event) => toggle(option, event.target.checked)}
            />
          ))}
          {others.map((other) => (
            <Checkbox
              key={`other ${valueLabel(other)}`}
              label={form.otherValue(valueLabel(other))}
              checked
              onChange={() =>
                edit(
                  place,
                  chosen.filter((one) => one !== other),
                )
              }
            />
          ))}
        </div>
      )}
    </GroupFrame>
  );
}
