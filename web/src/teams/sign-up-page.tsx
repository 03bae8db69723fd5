import { useMutation, useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { useEffect, useRef, useState, type FormEvent } from "react";
import { Button, ButtonLink } from "../ui/button";
import { Field, Input } from "../ui/field";
import { words } from "../words";
import { auth, methodsQuery } from "./auth";
import { TextLink } from "./auth-link";
import { AuthPage } from "./auth-page";
import { CheckMail } from "./check-mail";
import { EmailField } from "./email-field";
import { Failure } from "./failure";
import { emailFault, nameFault, newPasswordFault } from "./faults";
import { keepNext } from "./next";
import { PasswordField } from "./password-field";
import { ResendLink } from "./resend-link";

const say = words.signUp;

/** Anybody makes an account, where the hub lets anybody in. */
export function SignUpPage() {
  const { next } = useSearch({ from: "/sign-up" });
  const { data: methods } = useQuery(methodsQuery);
  const [typed, setTyped] = useState({ name: "", email: "", password: "" });
  const [checked, setChecked] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const make = useMutation({
    mutationFn: () => auth.signUp({ ...typed, name: typed.name.trim(), email: typed.email.trim() }),
  });
  useEffect(() => {
    if (next !== undefined) keepNext(next);
  }, [next]);
  const toSignIn = (
    <p>
      {say.haveAccount}{" "}
      <TextLink to="/sign-in" search={next === undefined ? {} : { next }}>
        {words.signIn.title}
      </TextLink>
    </p>
  );
  if (methods?.signUp === "invited")
    return (
      <AuthPage title={say.closedTitle} below={toSignIn}>
        <p className="text-muted">{say.closed}</p>
        <ButtonLink to="/sign-in">{words.signIn.title}</ButtonLink>
      </AuthPage>
    );
  if (make.isSuccess)
    return (
      <AuthPage title={say.mail.title} below={toSignIn}>
        <CheckMail text={say.mail.sent(typed.email.trim())}>
          <p className="text-sm text-muted">{say.mail.spam}</p>
          <ResendLink email={typed.email.trim()} />
          <Button look="quiet" onClick={() => make.reset()}>
            {say.mail.otherAddress}
          </Button>
        </CheckMail>
      </AuthPage>
    );
  const faults = {
    name: nameFault(typed.name),
    email: emailFault(typed.email),
    password: newPasswordFault(typed.password),
  };
  const shown: Partial<typeof faults> = checked ? faults : {};
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    const wrong = (["name", "email", "password"] as const).find((field) => faults[field]);
    if (wrong !== undefined) return focusField(form.current, wrong);
    if (!make.isPending) make.mutate();
  };
  const change = (field: keyof typeof typed) => (value: string) =>
    setTyped((before) => ({ ...before, [field]: value }));
  return (
    <AuthPage title={say.title} below={toSignIn}>
      {make.error ? <Failure error={make.error} /> : null}
      <form ref={form} noValidate className="flex flex-col gap-4" onSubmit={submit}>
        <Field label={say.name} error={shown.name}>
          {(control) => (
            <Input
              {...control}
              autoFocus
              name="name"
              autoComplete="name"
              maxLength={80}
              value={typed.name}
              onChange={({ target }) => change("name")(target.value)}
            />
          )}
        </Field>
        <EmailField
          label={say.email}
          autoComplete="username"
          value={typed.email}
          onChange={change("email")}
          error={shown.email}
        />
        <PasswordField
          label={say.password}
          kind="new"
          value={typed.password}
          onChange={change("password")}
          error={shown.password}
        />
        <Button type="submit" look="primary" busy={make.isPending}>
          {say.submit}
        </Button>
      </form>
    </AuthPage>
  );
}

/** Where something is wrong, there the typing goes on. */
function focusField(form: HTMLFormElement | null, field: string): void {
  form?.querySelector<HTMLInputElement>(`input[name$="${field}"]`)?.focus();
}
