import { useState } from "react";
import { Failure } from "../teams/failure";
import { newPasswordFault } from "../teams/faults";
import { PasswordField } from "../teams/password-field";
import { Button } from "../ui/button";
import { Checkbox } from "../ui/field";
import { words } from "../words";

const say = words.account.password;

export function PasswordForm({
  email,
  hasPassword,
  busy,
  error,
  onSave,
  onClose,
}: {
  email: string;
  hasPassword: boolean;
  busy: boolean;
  error: Error | null;
  onSave: (password: { current: string; next: string; endOthers: boolean }) => void;
  onClose: () => void;
}) {
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const [endOthers, setEndOthers] = useState(true);
  const [checked, setChecked] = useState(false);
  const faults = {
    current: hasPassword && current === "" ? words.signIn.faults.password : undefined,
    next: newPasswordFault(next),
  };
  const shown: Partial<typeof faults> = checked ? faults : {};
  return (
    <form
      noValidate
      className="flex max-w-md flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        setChecked(true);
        if (!faults.current && !faults.next && !busy) return onSave({ current, next, endOthers });
        const wrong = faults.current ? "current" : "new";
        event.currentTarget.querySelector<HTMLInputElement>(`[name=${wrong}-password]`)?.focus();
      }}
    >
      {error ? <Failure error={error} /> : null}
      {/* For the password manager, which keeps a password under an address. */}
      <input type="text" autoComplete="username" value={email} readOnly hidden />
      {hasPassword ? (
        <PasswordField
          label={say.current}
          kind="current"
          autoFocus
          value={current}
          onChange={setCurrent}
          error={shown.current}
        />
      ) : null}
      <PasswordField
        label={say.next}
        kind="new"
        autoFocus={!hasPassword}
        value={next}
        onChange={setNext}
        error={shown.next}
      />
      {hasPassword ? (
        <Checkbox
          label={say.endOthers}
          checked={endOthers}
          onChange={({ target }) => setEndOthers(target.checked)}
        />
      ) : null}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" look="primary" busy={busy}>
          {words.common.save}
        </Button>
        <Button onClick={onClose}>{words.common.cancel}</Button>
      </div>
    </form>
  );
}
