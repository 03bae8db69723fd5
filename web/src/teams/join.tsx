import { useMutation } from "@tanstack/react-query";
import { useRef, useState } from "react";
import type { Account } from "../../../shared/contracts/account";
import { account as own } from "../account/api";
import { Button, ButtonLink } from "../ui/button";
import { Field, Input } from "../ui/field";
import { plainLine } from "../ui/foreign";
import { words } from "../words";
import { auth } from "./auth";
import { Failure } from "./failure";
import { nameFault, newPasswordFault } from "./faults";
import { Note } from "./note";
import { PasswordField } from "./password-field";
import { useSignedIn } from "./use-signed-in";

const say = words.invitation;
const nameOf = ({ person: { email, name } }: Account) => plainLine(email ?? name, 80);

/** The invited person is the one who is signed in. */
export function JoinAs({ token, account }: { token: string; account: Account }) {
  const goOn = useSignedIn("/");
  const join = useMutation({ mutationFn: own.joinByToken, onSuccess: goOn });
  return (
    <div className="flex flex-col gap-3">
      {join.error ? <Failure error={join.error} /> : null}
      <p className="text-sm text-muted wrap-anywhere">{say.signedInAs(nameOf(account))}</p>
      <Button
        look="primary"
        busy={join.isPending || join.isSuccess}
        onClick={() => join.mutate({ token })}
      >
        {say.accept}
      </Button>
      <ButtonLink to="/" look="quiet">
        {say.decline}
      </ButtonLink>
    </div>
  );
}

/** Somebody else is signed in here. */
export function JoinOther({
  account,
  email,
  onSignedOut,
}: {
  account: Account;
  email: string;
  onSignedOut: () => Promise<void>;
}) {
  const signOut = useMutation({ mutationFn: own.signOut, onSuccess: onSignedOut });
  return (
    <div className="flex flex-col gap-3">
      <Note tone="warning">
        <p className="font-medium">{say.signedInAs(nameOf(account))}</p>
        <p>{say.wrongPerson(plainLine(email, 80))}</p>
      </Note>
      {signOut.error ? <Failure error={signOut.error} /> : null}
      <Button look="primary" busy={signOut.isPending} onClick={() => signOut.mutate()}>
        {say.signOut}
      </Button>
      <ButtonLink to="/" look="quiet">
        {say.decline}
      </ButtonLink>
    </div>
  );
}

/** The address has no account here: the mail shows that it is theirs, so a name and a password are enough. */
export function JoinNew({ token, email }: { token: string; email: string }) {
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [checked, setChecked] = useState(false);
  const nameInput = useRef<HTMLInputElement>(null);
  const passwordInput = useRef<HTMLInputElement>(null);
  const goOn = useSignedIn("/");
  const make = useMutation({ mutationFn: auth.acceptInvitation, onSuccess: goOn });
  const faults = { name: nameFault(name), password: newPasswordFault(password) };
  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        setChecked(true);
        if (faults.name) return nameInput.current?.focus();
        if (faults.password) return passwordInput.current?.focus();
        if (!make.isPending) make.mutate({ token, name: name.trim(), password });
      }}
    >
      <p className="text-muted">{say.newAccount}</p>
      {make.error ? <Failure error={make.error} /> : null}
      {/* For the password manager, which keeps a password under an address. */}
      <input type="text" autoComplete="username" value={email} readOnly hidden />
      <Field label={words.signUp.name} error={checked ? faults.name : undefined}>
        {(control) => (
          <Input
            {...control}
            ref={nameInput}
            autoComplete="name"
            maxLength={80}
            value={name}
            onChange={({ target }) => setName(target.value)}
          />
        )}
      </Field>
      <PasswordField
        label={words.signUp.password}
        kind="new"
        input={passwordInput}
        value={password}
        onChange={setPassword}
        error={checked ? faults.password : undefined}
      />
      <Button type="submit" look="primary" busy={make.isPending || make.isSuccess}>
        {say.make}
      </Button>
    </form>
  );
}
