import { useMutation } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { Button } from "../ui/button";
import { words } from "../words";
import { CheckMail } from "./check-mail";
import { EmailField } from "./email-field";
import { Failure } from "./failure";
import { emailFault } from "./faults";

/** An address to send a mail to. What is said afterwards is the same whether anybody has it here or not. */
export function MailForm({
  hint,
  submit,
  send,
  sent,
}: {
  hint: string;
  submit: string;
  send: (to: { email: string }) => Promise<unknown>;
  sent: (email: string) => string;
}) {
  const [email, setEmail] = useState("");
  const [fault, setFault] = useState<string>();
  const input = useRef<HTMLInputElement>(null);
  const mail = useMutation({ mutationFn: send });
  if (mail.isSuccess) return <CheckMail text={sent(mail.variables.email)} />;
  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        const wrong = emailFault(email);
        setFault(wrong);
        if (wrong !== undefined) return input.current?.focus();
        if (!mail.isPending) mail.mutate({ email: email.trim() });
      }}
    >
      <p className="text-muted">{hint}</p>
      {mail.error ? <Failure error={mail.error} /> : null}
      <EmailField
        label={words.signIn.email}
        ref={input}
        autoFocus
        autoComplete="username"
        value={email}
        onChange={setEmail}
        error={fault}
      />
      <Button type="submit" look="primary" busy={mail.isPending}>
        {submit}
      </Button>
    </form>
  );
}
