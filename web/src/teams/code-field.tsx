import { Field, Input } from "../ui/field";
import { words } from "../words";

const say = words.secondFactor;

/** Six digits of the app, which phones and password managers fill in; or a recovery code. */
export function CodeField({
  kind,
  value,
  onChange,
  error,
}: {
  kind: "app" | "recovery";
  value: string;
  onChange: (value: string) => void;
  error?: string | undefined;
}) {
  const app = kind === "app";
  return (
    <Field label={app ? say.code : say.recoveryCode} error={error}>
      {(control) => (
        <Input
          {...control}
          key={kind}
          autoFocus
          name={app ? "code" : "recovery-code"}
          type="text"
          inputMode={app ? "numeric" : "text"}
          autoComplete={app ? "one-time-code" : "off"}
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          maxLength={app ? 9 : 40}
          value={value}
          onChange={({ target }) => onChange(target.value)}
          className={
            app ? "min-h-11 text-center font-mono text-lg! tracking-[0.35em]" : "min-h-11 font-mono"
          }
        />
      )}
    </Field>
  );
}

/** What was typed, as the hub takes it; undefined where it cannot be one. */
export function typedCode(kind: "app" | "recovery", typed: string): string | undefined {
  const code = typed.replaceAll(/\s/g, "");
  if (kind === "recovery") return code === "" ? undefined : code;
  return /^\d{6}$/.test(code) ? code : undefined;
}
