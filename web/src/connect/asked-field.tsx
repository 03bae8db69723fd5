import type { Connector, ConnectorMethod } from "../../../shared/contracts/connectors";
import { Field, Input, Select } from "../ui/field";
import { connect as connectWords } from "../words/connect";
import { MultilineInput } from "./multiline-input";
import { SecretInput } from "./secret-input";
import { usePause } from "./use-pause";
import { Where } from "./where";

const say = connectWords;

/** A parameter of the connection, or a field of its credential. */
type Asked = Connector["params"][number] | ConnectorMethod["fields"][number];

export function AskedField({
  asked,
  name,
  value,
  fault,
  checked,
  refused,
  onChange,
}: {
  asked: Asked;
  /** Of the control, so that a refusal finds it. */
  name: string;
  value: string;
  fault: string | undefined;
  /** Everything that is wrong is told. */
  checked: boolean;
  /** What the hub said of it. */
  refused: string | undefined;
  onChange: (value: string) => void;
}) {
  const told = usePause(value);
  const { label, help, example, where, required, choices } = asked;
  const input = "input" in asked ? asked.input : "text";
  const shown = refused ?? (checked || (told && value !== "") ? fault : undefined);
  const hint = [help, input !== "choice" && example ? say.example(example) : undefined];
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <Field
        label={label}
        required={required}
        error={shown}
        hint={hint.filter(Boolean).join(" ") || undefined}
        aside={
          required ? undefined : <span className="text-[0.8125rem] text-muted">{say.optional}</span>
        }
      >
        {(control) => {
          if (choices)
            return (
              <Select
                {...control}
                name={name}
                value={value}
                onChange={({ target }) => onChange(target.value)}
              >
                <option value="">{say.pickOne}</option>
                {choices.map((choice) => (
                  <option key={choice.value} value={choice.value}>
                    {choice.label}
                  </option>
                ))}
              </Select>
            );
          const typed = { ...control, name, label, value, onChange };
          if (input === "multiline") return <MultilineInput {...typed} />;
          if (input === "secret") return <SecretInput {...typed} />;
          return (
            <Input
              {...control}
              name={name}
              value={value}
              autoComplete="off"
              autoCapitalize="off"
              spellCheck={false}
              onChange={({ target }) => onChange(target.value)}
            />
          );
        }}
      </Field>
      {where ? <Where where={where} /> : null}
    </div>
  );
}
