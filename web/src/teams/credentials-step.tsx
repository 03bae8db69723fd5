import { useMutation, useQuery } from "@tanstack/react-query";
import { useRef, useState, type FormEvent } from "react";
import { Button } from "../ui/button";
import { words } from "../words";
import { auth, methodsQuery } from "./auth";
import { TextLink } from "./auth-link";
import { AuthPage } from "./auth-page";
import { EmailField } from "./email-field";
import { Failure } from "./failure";
import { emailFault } from "./faults";
import { LinkHint } from "./link-hint";
import { peekNext } from "./next";
import { Note } from "./note";
import { OtherWays, type OtherWay } from "./other-ways";
import { PasskeyRefused } from "./passkey";
import { PasswordField } from "./password-field";
import { isUnconfirmed, ResendLink } from "./resend-link";
import { usePasskey } from "./use-credentials";

const say = words.signIn;

type CredentialsStepProps = {
  next: string | undefined;
  ended: boolean;
  /** Why another service signed nobody in. */
  refusal: string | undefined;
  linkError: Error | null;
  onSignedIn: () => Promise<void>;
  onFactor: () => void;
};

export function CredentialsStep({
  next,
  ended,
  refusal,
  linkError,
  onSignedIn,
  onFactor,
}: CredentialsStepProps) {
  const { data: methods } = useQuery(methodsQuery);
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [faults, setFaults] = useState<{ email?: string; password?: string }>({});
  const emailInput = useRef<HTMLInputElement>(null);
  const passwordInput = useRef<HTMLInputElement>(null);
  const byPassword = useMutation({
    mutationFn: () => auth.signIn({ email: email.trim(), password }),
    onSuccess: async ({ twoFactorRedirect }) => {
      if (twoFactorRedirect) return onFactor();
      await onSignedIn();
    },
    onError: () => passwordInput.current?.select(),
  });
  const elsewhere = useMutation({
    mutationFn: async (way: OtherWay) => {
      const callbackURL = next ?? peekNext();
      const back = { callbackURL, errorCallbackURL: "/sign-in" };
      const { url } =
        typeof way === "object"
          ? await auth.provider(way.provider, back)
          : await auth.sso({ email: email.trim(), next: callbackURL });
      location.assign(url);
    },
  });
  const passkey = usePasskey(onSignedIn);

  const findFault = (wanted: { email?: string | undefined; password?: string | undefined }) => {
    setFaults(Object.fromEntries(Object.entries(wanted).filter(([, fault]) => fault)));
    if (wanted.email) emailInput.current?.focus();
    else if (wanted.password) passwordInput.current?.focus();
    return Boolean(wanted.email ?? wanted.password);
  };
  const forget = () => {
    byPassword.reset();
    elsewhere.reset();
    passkey.reset();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (byPassword.isPending) return;
    forget();
    const missing = password === "" ? say.faults.password : undefined;
    if (!findFault({ email: emailFault(email), password: missing })) byPassword.mutate();
  };
  const choose = (way: OtherWay) => {
    forget();
    if (way === "passkey") return passkey.mutate();
    if (way === "sso" && findFault({ email: emailFault(email) ? say.ssoEmail : undefined })) return;
    elsewhere.mutate(way);
  };
  const busyWay = passkey.isPending
    ? "passkey"
    : elsewhere.isPending || elsewhere.isSuccess
      ? elsewhere.variables
      : undefined;
  const failure = byPassword.error ?? elsewhere.error ?? passkey.error ?? linkError;
  const title = linkError ? say.failed : ended ? say.ended : say.title;
  return (
    <AuthPage
      title={title}
      below={
        methods?.signUp === "invited" ? (
          <p>{say.invitedOnly}</p>
        ) : (
          <p>
            {say.newHere}{" "}
            <TextLink to="/sign-up" search={next === undefined ? {} : { next }}>
              {say.makeAccount}
            </TextLink>
          </p>
        )
      }
    >
      {ended && !failure ? <p className="text-muted">{say.endedNote}</p> : null}
      {methods?.setUp === false ? <Note>{say.notSetUp}</Note> : null}
      {refusal !== undefined && !failure ? <Note tone="danger">{refusal}</Note> : null}
      {failure instanceof PasskeyRefused ? (
        <Note tone="danger">{say.passkeyFailed}</Note>
      ) : failure ? (
        <Failure error={failure} />
      ) : null}
      {isUnconfirmed(byPassword.error) ? <ResendLink email={email.trim()} /> : null}
      <form noValidate className="flex flex-col gap-4" onSubmit={submit}>
        <EmailField
          label={say.email}
          ref={emailInput}
          autoFocus
          autoComplete="username webauthn"
          value={email}
          onChange={setEmail}
          error={faults.email}
        />
        <PasswordField
          label={say.password}
          kind="current"
          input={passwordInput}
          value={password}
          onChange={setPassword}
          error={faults.password}
          aside={
            <TextLink to="/forgot-password" className="text-[0.8125rem]">
              {say.forgot}
            </TextLink>
          }
        />
        <Button type="submit" look="primary" busy={byPassword.isPending || byPassword.isSuccess}>
          {say.title}
        </Button>
      </form>
      <OtherWays methods={methods} busy={busyWay} onChoose={choose} />
      <LinkHint open={linkError !== null} />
      {linkError ? (
        <p className="text-sm">
          <TextLink to="/">{say.open}</TextLink>
        </p>
      ) : null}
    </AuthPage>
  );
}
