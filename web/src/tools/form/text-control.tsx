import { useId } from "react";
import { Button } from "../../ui/button";
import { classNames } from "../../ui/class-names";
import { Input, Textarea, type ControlProps } from "../../ui/field";
import { words } from "../../words";
import type { Format } from "../schema/scalars";
import type { FieldProps } from "./props";
import { fromLocal, isDate, toLocal } from "./date-time";
import { useForm } from "./form-context";
import { emptied } from "./label";

const types: Partial<Record<Format, string>> = {
  email: "email",
  uri: "url",
  password: "password",
};
const placeholders: Partial<Record<Format, string>> = {
  time: "09:30:00Z",
  "date-time": "2026-01-31T09:30:00Z",
  date: "2026-01-31",
  uri: "https://",
  uuid: "00000000-0000-0000-0000-000000000000",
};
const mostSuggestions = 200;

export function TextControl({
  field,
  place,
  value,
  control,
}: FieldProps<"text"> & { control: ControlProps }) {
  const { edit } = useForm();
  const list = useId();
  const text = typeof value === "string" ? value : "";
  const change = (next: string) => edit(place, next === "" ? emptied(place) : next);
  const { format, suggestions } = field;
  if (format === "date" && (text === "" || isDate(text)))
    return (
      <Input
        {...control}
        type="date"
        value={text}
        onChange={(event) => change(event.target.value)}
      />
    );
  if (format === "date-time") return <DateTime text={text} change={change} control={control} />;
  // An input of one line would drop line breaks that stand in the value.
  if (text.includes("\n") || (format === undefined && suggestions.length === 0 && !isShort(field)))
    return (
      <Textarea
        {...control}
        rows={field.multiline ? 4 : 1}
        className={classNames("field-sizing-content max-h-80", !field.multiline && "min-h-9.5!")}
        value={text}
        onChange={(event) => change(event.target.value)}
      />
    );
  return (
    <>
      <Input
        {...control}
        type={(format && types[format]) ?? "text"}
        placeholder={format && placeholders[format]}
        autoComplete={format === "password" ? "new-password" : "off"}
        spellCheck={false}
        list={suggestions.length > 0 ? list : undefined}
        value={text}
        onChange={(event) => change(event.target.value)}
      />
      {suggestions.length > 0 ? (
        <datalist id={list}>
          {suggestions.slice(0, mostSuggestions).map((suggestion) => (
            <option key={suggestion} value={suggestion} />
          ))}
        </datalist>
      ) : null}
    </>
  );
}

const isShort = ({ length, pattern }: { length: { max: number | undefined }; pattern: unknown }) =>
  pattern !== undefined || (length.max !== undefined && length.max <= 200);

function DateTime({
  text,
  change,
  control,
}: {
  text: string;
  change: (text: string) => void;
  control: ControlProps;
}) {
  const local = toLocal(text);
  return (
    <div className="flex flex-wrap items-center gap-2">
      {text === "" || local !== undefined ? (
        <Input
          {...control}
          type="datetime-local"
          step={1}
          className="flex-1 basis-52"
          value={local ?? ""}
          onChange={(event) => change(fromLocal(event.target.value))}
        />
      ) : (
        <Input
          {...control}
          className="flex-1 basis-52"
          placeholder={placeholders["date-time"]}
          value={text}
          onChange={(event) => change(event.target.value)}
        />
      )}
      <Button size="small" onClick={() => change(fromLocal(new Date()))}>
        {words.playground.form.now}
      </Button>
      {local === undefined ? null : (
        <span className="text-[0.8125rem] text-muted">{words.playground.form.sends(text)}</span>
      )}
    </div>
  );
}
