import type { ComponentProps } from "react";
import { Field, Input } from "../ui/field";

type EmailFieldProps = Omit<ComponentProps<"input">, "onChange" | "value"> & {
  label: string;
  value: string;
  onChange: (value: string) => void;
  error?: string | undefined;
};

export function EmailField({ label, value, onChange, error, ...rest }: EmailFieldProps) {
  return (
    <Field label={label} error={error}>
      {(control) => (
        <Input
          name="email"
          autoComplete="email"
          {...rest}
          {...control}
          // As text, so that what the browser thinks of an address does not come before our own words.
          type="text"
          inputMode="email"
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          value={value}
          onChange={({ target }) => onChange(target.value)}
        />
      )}
    </Field>
  );
}
