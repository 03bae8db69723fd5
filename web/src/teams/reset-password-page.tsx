import { useMutation } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { CircleCheck } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Button, ButtonLink } from "../ui/button";
import { words } from "../words";
import { auth } from "./auth";
import { TextLink } from "./auth-link";
import { AuthPage } from "./auth-page";
import { Failure } from "./failure";
import { newPasswordFault } from "./faults";
import { PasswordField } from "./password-field";

const say = words.password;

/** Where the mail of a forgotten password leads. */
export function ResetPasswordPage() {
  const search = useSearch({ from: "/reset-password" });
  const [token] = useState(search.token);
  const [password, setPassword] = useState("");
  const [fault, setFault] = useState<string>();
  const input = useRef<HTMLInputElement>(null);
  const reset = useMutation({ mutationFn: auth.resetPassword });
  useEffect(() => {
    // The secret does not stay in the address bar and the history.
    if (token !== undefined) history.replaceState(history.state, "", "/reset-password");
  }, [token]);
  if (token === undefined)
    return (
      <AuthPage title={say.resetTitle} below={<TextLink to="/sign-in">{say.back}</TextLink>}>
        <p className="text-muted">{say.noToken}</p>
        <ButtonLink to="/forgot-password" look="primary">
          {say.another}
        </ButtonLink>
      </AuthPage>
    );
  if (reset.isSuccess)
    return (
      <AuthPage title={say.doneTitle}>
        <p role="status" className="flex items-start gap-2.5">
          <CircleCheck aria-hidden className="mt-0.5 size-5 shrink-0 text-success" />
          {say.done}
        </p>
        <ButtonLink to="/sign-in" look="primary">
          {words.signIn.title}
        </ButtonLink>
      </AuthPage>
    );
  return (
    <AuthPage title={say.resetTitle} below={<TextLink to="/sign-in">{say.back}</TextLink>}>
      {reset.error ? (
        <>
          <Failure error={reset.error} />
          <ButtonLink to="/forgot-password">{say.another}</ButtonLink>
        </>
      ) : null}
      <form
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          const wrong = newPasswordFault(password);
          setFault(wrong);
          if (wrong !== undefined) return input.current?.focus();
          if (!reset.isPending) reset.mutate({ token, newPassword: password });
        }}
      >
        <PasswordField
          label={say.newPassword}
          kind="new"
          autoFocus
          input={input}
          value={password}
          onChange={setPassword}
          error={fault}
        />
        <Button type="submit" look="primary" busy={reset.isPending}>
          {say.save}
        </Button>
      </form>
    </AuthPage>
  );
}
