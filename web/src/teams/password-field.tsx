import { Eye, EyeOff } from "lucide-react";
import { useState, type ReactNode, type Ref } from "react";
import { IconButton } from "../ui/button";
import { Field, Input } from "../ui/field";
import { words } from "../words";
import { shortestPassword } from "./faults";

/** A password that can be looked at. `new` is one that is being chosen, for the password manager and for the hint. */
export function PasswordField({
  label,
  kind,
  value,
  onChange,
  error,
  aside,
  autoFocus,
  input,
}: {
  label: string;
  kind: "new" | "current";
  value: string;
  onChange: (value: string) => void;
  error?: string | undefined;
  aside?: ReactNode;
  autoFocus?: boolean;
  input?: Ref<HTMLInputElement>;
}) {
  const [shown, setShown] = useState(false);
  const Icon = shown ? EyeOff : Eye;
  return (
    <Field
      label={label}
      error={error}
      aside={aside}
      hint={kind === "new" ? words.signUp.rule(shortestPassword) : undefined}
    >
      {(control) => (
        <div className="relative">
          <Input
            {...control}
            ref={input}
            name={`${kind}-password`}
            type={shown ? "text" : "password"}
            autoComplete={`${kind}-password`}
            autoCapitalize="none"
            autoCorrect="off"
            spellCheck={false}
            autoFocus={autoFocus}
            value={value}
            onChange={({ target }) => onChange(target.value)}
            className="pr-11"
          />
          <IconButton
            size="small"
            label={shown ? words.signIn.hidePassword : words.signIn.showPassword}
            aria-pressed={shown}
            onClick={() => setShown(!shown)}
            className="absolute top-1/2 right-1 -translate-y-1/2 text-muted"
          >
            <Icon aria-hidden className="size-4" />
          </IconButton>
        </div>
      )}
    </Field>
  );
}
