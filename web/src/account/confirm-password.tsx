import { useState } from "react";
import type { Account } from "../../../shared/contracts/account";
import { Failure } from "../teams/failure";
import { PasswordField } from "../teams/password-field";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { words } from "../words";
import type { FactorChange } from "./factor-section";

const say = words.account.factor;
const form = "confirm-password";
const asks: Record<FactorChange, { title: string; hint: string; confirm: string }> = {
  "set-up": { title: say.setUp, hint: say.offHint, confirm: say.goOn },
  "new-codes": { title: say.newCodes, hint: say.newCodesHint, confirm: say.goOn },
  "turn-off": { title: say.turnOffTitle, hint: say.turnOffHint, confirm: say.turnOff },
};

/** Asks for the password, of whoever has one. */
export function ConfirmPassword({
  account: { hasPassword, person },
  change,
  busy,
  error,
  onConfirm,
  onClose,
}: {
  account: Account;
  change: FactorChange;
  busy: boolean;
  error: Error | null;
  onConfirm: (password: string) => void;
  onClose: () => void;
}) {
  const [password, setPassword] = useState("");
  const [checked, setChecked] = useState(false);
  const fault = hasPassword && password === "" ? words.signIn.faults.password : undefined;
  const { title, hint, confirm } = asks[change];
  return (
    <Dialog
      open
      size="small"
      onClose={onClose}
      title={title}
      description={hint}
      actions={
        <>
          <Button onClick={onClose}>{words.common.cancel}</Button>
          <Button
            type="submit"
            form={form}
            look={change === "turn-off" ? "danger" : "primary"}
            busy={busy}
          >
            {confirm}
          </Button>
        </>
      }
    >
      <form
        id={form}
        noValidate
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          setChecked(true);
          if (!fault && !busy) onConfirm(password);
        }}
      >
        {error ? <Failure error={error} /> : null}
        <input type="text" autoComplete="username" value={person.email ?? ""} readOnly hidden />
        {hasPassword ? (
          <>
            <PasswordField
              label={say.password}
              kind="current"
              autoFocus
              value={password}
              onChange={setPassword}
              error={checked ? fault : undefined}
            />
            <p className="text-[0.8125rem] text-muted">{say.passwordHint}</p>
          </>
        ) : null}
      </form>
    </Dialog>
  );
}
