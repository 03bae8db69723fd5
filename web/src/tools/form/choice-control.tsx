import { useState } from "react";
import { Input, Select, type ControlProps } from "../../ui/field";
import { words } from "../../words";
import { sameJson } from "../schema/json";
import { valueLabel, type Option } from "../schema/options";
import { pointerOf } from "../values/place";
import type { FieldProps } from "./props";
import { ControlFault } from "./control-fault";
import { useForm } from "./form-context";

const { form } = words.playground;
const mostInMenu = 20;
const mostOffered = 50;

export function ChoiceControl(props: FieldProps<"choice"> & { control: ControlProps }) {
  const { field, place, value, required, control } = props;
  const { edit } = useForm();
  if (field.options.length > mostInMenu) return <SearchedChoice {...props} />;
  const at = field.options.findIndex((option) => sameJson(option.value, value));
  const other = at < 0 && value !== undefined && value !== null;
  return (
    <>
      <Select
        {...control}
        value={other ? "other" : at < 0 ? "" : String(at)}
        onChange={({ target }) => edit(place, field.options[Number(target.value || -1)]?.value)}
      >
        <option value="">{required ? form.choose : form.notSent}</option>
        {other ? <option value="other">{form.otherValue(valueLabel(value))}</option> : null}
        {field.options.map((option, index) => (
          <option key={index} value={index}>
            {option.label}
          </option>
        ))}
      </Select>
      {field.options[at]?.description === undefined ? null : (
        <p className="text-[0.8125rem] text-muted">{field.options[at].description}</p>
      )}
    </>
  );
}

/** Many options are searched by typing; the browser offers the first that match. */
function SearchedChoice({
  field: { options },
  place,
  value,
  control,
}: FieldProps<"choice"> & { control: ControlProps }) {
  const { edit } = useForm();
  const chosen = options.find((option) => sameJson(option.value, value));
  const [draft, setDraft] = useState(chosen?.label ?? "");
  const text = chosen && findOption(options, draft) !== chosen ? chosen.label : draft;
  const fault = text !== "" && !findOption(options, text) ? form.noOption : undefined;
  const change = (next: string) => {
    setDraft(next);
    edit(place, findOption(options, next)?.value);
  };
  return (
    <ControlFault pointer={pointerOf(place)} fault={fault} control={control}>
      {(described) => (
        <>
          <Input
            {...described}
            list={`${control.id}-options`}
            autoComplete="off"
            placeholder={form.oneOf(options.length)}
            value={text}
            onChange={(event) => change(event.target.value)}
          />
          <datalist id={`${control.id}-options`}>
            {matching(options, text).map(({ label }) => (
              <option key={label} value={label} />
            ))}
          </datalist>
        </>
      )}
    </ControlFault>
  );
}

const findOption = (options: readonly Option[], label: string): Option | undefined =>
  options.find((option) => option.label === label);

/** Each label once, as far as the browser can show them. */
function matching(options: readonly Option[], text: string): readonly Option[] {
  const wanted = text.toLowerCase();
  const byLabel = new Map<string, Option>();
  for (const option of options) {
    if (byLabel.size >= mostOffered) break;
    if (option.label.toLowerCase().includes(wanted)) byLabel.set(option.label, option);
  }
  return [...byLabel.values()];
}
