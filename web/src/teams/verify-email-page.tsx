import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { CircleCheck } from "lucide-react";
import { useEffect, useRef } from "react";
import { Button } from "../ui/button";
import { words } from "../words";
import { auth } from "./auth";
import { AuthPage } from "./auth-page";
import { Failure } from "./failure";
import { Working } from "./link-step";
import { MailForm } from "./mail-form";
import { useSignedIn } from "./use-signed-in";

const say = words.verifyEmail;

/** Where the mail that confirms an address leads. Whoever opens the link in the browser they signed up in is signed in. */
export function VerifyEmailPage() {
  const { token } = useSearch({ from: "/verify-email" });
  const queries = useQueryClient();
  const verify = useMutation({
    mutationFn: auth.verifyEmail,
    onSuccess: () => queries.clear(),
  });
  const goOn = useSignedIn();
  const spent = useRef<string>(undefined);
  const { mutate } = verify;
  useEffect(() => {
    if (token === undefined || spent.current === token) return;
    spent.current = token;
    history.replaceState(history.state, "", "/verify-email");
    mutate({ token });
  }, [token, mutate]);
  if (verify.isPending)
    return (
      <AuthPage title={say.title}>
        <Working text={say.working} />
      </AuthPage>
    );
  if (verify.isSuccess)
    return (
      <AuthPage title={say.done}>
        <p role="status" className="flex items-start gap-2.5">
          <CircleCheck aria-hidden className="mt-0.5 size-5 shrink-0 text-success" />
          {say.doneHint}
        </p>
        <Button look="primary" autoFocus onClick={() => void goOn()}>
          {say.goOn}
        </Button>
      </AuthPage>
    );
  return (
    <AuthPage title={verify.error ? say.failed : say.title}>
      {verify.error ? <Failure error={verify.error} /> : null}
      <MailForm
        hint={verify.error ? say.again : say.noToken}
        submit={say.send}
        send={auth.sendVerification}
        sent={words.signUp.mail.sent}
      />
    </AuthPage>
  );
}
