import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import type { Account } from "../../../shared/contracts/account";
import { queryKeys } from "../query-keys";
import { CheckMail } from "../teams/check-mail";
import { EmailField } from "../teams/email-field";
import { Failure } from "../teams/failure";
import { emailFault } from "../teams/faults";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { ForeignName } from "../ui/foreign";
import { Panel, Section } from "../ui/page";
import { words } from "../words";
import { account as own } from "./api";

const say = words.account.profile;

/** The address counts once its owner has opened the link sent there. */
export function EmailSection({ account: { person } }: { account: Account }) {
  const [open, setOpen] = useState(false);
  const queries = useQueryClient();
  const send = useMutation({
    mutationFn: own.setEmail,
    onSuccess: () => {
      setOpen(false);
      return queries.invalidateQueries({ queryKey: queryKeys.account });
    },
  });
  const { email, emailVerified } = person;
  return (
    <Section title={say.email}>
      <Panel className="flex flex-col gap-4 p-4 sm:p-5">
        <div className="flex flex-wrap items-center justify-between gap-3">
          <div className="min-w-0">
            {email === null ? (
              <>
                <p className="text-sm font-medium">{say.noEmail}</p>
                <p className="text-[0.8125rem] text-muted">{say.noEmailHint}</p>
              </>
            ) : (
              <p className="flex flex-wrap items-center gap-2 text-sm font-medium">
                <ForeignName>{email}</ForeignName>
                <Badge tone={emailVerified ? "success" : "warning"}>
                  {emailVerified ? say.confirmed : say.notConfirmed}
                </Badge>
              </p>
            )}
          </div>
          {open ? null : (
            <div className="flex flex-wrap gap-2">
              {email !== null && !emailVerified ? (
                <Button busy={send.isPending} onClick={() => send.mutate({ email })}>
                  {say.sendAgain}
                </Button>
              ) : null}
              <Button
                onClick={() => {
                  send.reset();
                  setOpen(true);
                }}
              >
                {email === null ? say.addEmail : say.changeEmail}
              </Button>
            </div>
          )}
        </div>
        {send.error ? <Failure error={send.error} /> : null}
        {open ? (
          <NewEmail busy={send.isPending} onSend={send.mutate} onClose={() => setOpen(false)} />
        ) : null}
        {send.isSuccess && !open ? <CheckMail text={say.sent(send.variables.email)} /> : null}
      </Panel>
    </Section>
  );
}

function NewEmail({
  busy,
  onSend,
  onClose,
}: {
  busy: boolean;
  onSend: (json: { email: string }) => void;
  onClose: () => void;
}) {
  const [email, setEmail] = useState("");
  const [fault, setFault] = useState<string>();
  const input = useRef<HTMLInputElement>(null);
  return (
    <form
      noValidate
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        const wrong = emailFault(email);
        setFault(wrong);
        if (wrong !== undefined) return input.current?.focus();
        if (!busy) onSend({ email: email.trim() });
      }}
    >
      <EmailField
        label={say.newEmail}
        ref={input}
        autoFocus
        value={email}
        onChange={setEmail}
        error={fault}
      />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" look="primary" busy={busy}>
          {say.sendLink}
        </Button>
        <Button onClick={onClose}>{words.common.cancel}</Button>
      </div>
    </form>
  );
}
