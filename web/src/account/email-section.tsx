import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Account } from "../../../shared/contracts/account";
import { queryKeys } from "../query-keys";
import { CheckMail } from "../teams/check-mail";
import { EmailField } from "../teams/email-field";
import { Failure } from "../teams/failure";
import { emailFault } from "../teams/faults";
import { PasswordField } from "../teams/password-field";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { ForeignName } from "../ui/foreign";
import { Panel, Section } from "../ui/page";
import { words } from "../words";
import { account as own } from "./api";

const say = words.account.profile;

/** The address counts once its owner has opened the link sent there. */
export function EmailSection({
  account: { person, hasPassword, secondFactor },
}: {
  account: Account;
}) {
  /** The address the form begins with; undefined while it is closed. */
  const [begun, setBegun] = useState<string>();
  const needsPassword = hasPassword && !secondFactor.enabled;
  const queries = useQueryClient();
  const send = useMutation({
    mutationFn: own.setEmail,
    onSuccess: () => {
      setBegun(undefined);
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
          {begun !== undefined ? null : (
            <div className="flex flex-wrap gap-2">
              {email !== null && !emailVerified ? (
                <Button
                  busy={send.isPending}
                  onClick={() => {
                    send.reset();
                    if (needsPassword) setBegun(email);
                    else send.mutate({ email });
                  }}
                >
                  {say.sendAgain}
                </Button>
              ) : null}
              <Button
                onClick={() => {
                  send.reset();
                  setBegun("");
                }}
              >
                {email === null ? say.addEmail : say.changeEmail}
              </Button>
            </div>
          )}
        </div>
        {send.error ? <Failure error={send.error} /> : null}
        {begun !== undefined ? (
          <NewEmail
            begun={begun}
            present={email ?? ""}
            needsPassword={needsPassword}
            busy={send.isPending}
            onSend={send.mutate}
            onClose={() => setBegun(undefined)}
          />
        ) : null}
        {send.isSuccess && begun === undefined ? (
          <CheckMail text={say.sent(send.variables.email)} />
        ) : null}
      </Panel>
    </Section>
  );
}

/** Of whoever has no second factor the hub asks for the password: the address can set a new one. */
function NewEmail({
  begun,
  present,
  needsPassword,
  busy,
  onSend,
  onClose,
}: {
  begun: string;
  present: string;
  needsPassword: boolean;
  busy: boolean;
  onSend: (json: { email: string; password?: string }) => void;
  onClose: () => void;
}) {
  const [email, setEmail] = useState(begun);
  const [password, setPassword] = useState("");
  const [faults, setFaults] = useState<{ email?: string; password?: string }>({});
  return (
    <form
      noValidate
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        const wrong = emailFault(email);
        const missing = needsPassword && password === "" ? words.signIn.faults.password : undefined;
        setFaults({
          ...(wrong ? { email: wrong } : {}),
          ...(missing ? { password: missing } : {}),
        });
        const form = event.currentTarget;
        if (wrong !== undefined)
          return form.querySelector<HTMLInputElement>("[name=email]")?.focus();
        if (missing !== undefined)
          return form.querySelector<HTMLInputElement>("[name=current-password]")?.focus();
        if (!busy) onSend({ email: email.trim(), ...(needsPassword ? { password } : {}) });
      }}
    >
      <EmailField
        label={say.newEmail}
        autoFocus
        value={email}
        onChange={setEmail}
        error={faults.email}
      />
      {needsPassword ? (
        <>
          {/* For the password manager, which keeps a password under an address. */}
          <input type="text" autoComplete="username" value={present} readOnly hidden />
          <PasswordField
            label={say.password}
            kind="current"
            value={password}
            onChange={setPassword}
            error={faults.password}
          />
          <p className="text-[0.8125rem] text-muted">{say.passwordHint}</p>
        </>
      ) : null}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" look="primary" busy={busy}>
          {say.sendLink}
        </Button>
        <Button onClick={onClose}>{words.common.cancel}</Button>
      </div>
    </form>
  );
}
