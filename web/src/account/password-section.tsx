import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Account } from "../../../shared/contracts/account";
import { queryKeys } from "../query-keys";
import { Button, ButtonLink } from "../ui/button";
import { plainLine } from "../ui/foreign";
import { notify } from "../ui/notify";
import { Panel, Section } from "../ui/page";
import { words } from "../words";
import { account as own } from "./api";
import { PasswordForm } from "./password-form";

const say = words.account.password;

export function PasswordSection({ account }: { account: Account }) {
  const [open, setOpen] = useState(false);
  const { hasPassword, person, providers } = account;
  const queries = useQueryClient();
  const save = useMutation({
    mutationFn: ({
      current,
      next,
      endOthers,
    }: {
      current: string;
      next: string;
      endOthers: boolean;
    }) =>
      hasPassword
        ? own.changePassword({
            currentPassword: current,
            newPassword: next,
            revokeOtherSessions: endOthers,
          })
        : own.setPassword({ newPassword: next }),
    onSuccess: () => {
      setOpen(false);
      notify({ tone: "success", title: say.changed });
      return queries.invalidateQueries({ queryKey: queryKeys.account });
    },
  });
  return (
    <Section title={say.title}>
      <Panel className="flex flex-col gap-4 p-4 sm:p-5">
        <div className="flex flex-wrap items-center justify-between gap-3">
          <div className="min-w-0 text-sm">
            <p>{hasPassword ? say.set : say.none}</p>
            {providers.length > 0 ? (
              <p className="text-[0.8125rem] text-muted">
                {say.alsoBy(providers.map(({ name }) => plainLine(name, 40)).join(", "))}
              </p>
            ) : null}
            {person.email === null ? (
              <p className="text-[0.8125rem] text-muted">{say.noEmail}</p>
            ) : null}
          </div>
          {open ? null : person.email === null ? (
            <ButtonLink to="/account">{say.toProfile}</ButtonLink>
          ) : (
            <Button
              onClick={() => {
                save.reset();
                setOpen(true);
              }}
            >
              {hasPassword ? say.change : say.setOne}
            </Button>
          )}
        </div>
        {open ? (
          <PasswordForm
            email={person.email ?? ""}
            hasPassword={hasPassword}
            busy={save.isPending}
            error={save.error}
            onSave={save.mutate}
            onClose={() => setOpen(false)}
          />
        ) : null}
      </Panel>
    </Section>
  );
}
