import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Account } from "../../../shared/contracts/account";
import { queryKeys } from "../query-keys";
import { nameFault } from "../teams/faults";
import { Button } from "../ui/button";
import { Field, Input } from "../ui/field";
import { plainLine } from "../ui/foreign";
import { notify } from "../ui/notify";
import { Panel, Section } from "../ui/page";
import { ErrorNote } from "../ui/states";
import { words } from "../words";
import { account as own } from "./api";
import { initials } from "./initials";

const say = words.account.profile;

export function NameSection({ account: { person } }: { account: Account }) {
  const [name, setName] = useState(person.name);
  const queries = useQueryClient();
  const rename = useMutation({
    mutationFn: own.rename,
    onSuccess: (account) => {
      queries.setQueryData(queryKeys.account, account);
      setName(account.person.name);
      notify({ tone: "success", title: say.saved });
      return queries.invalidateQueries({ queryKey: queryKeys.me });
    },
  });
  const changed = name.trim() !== person.name;
  return (
    <Section title={say.title}>
      <Panel className="flex flex-col gap-4 p-4 sm:p-5">
        <form
          noValidate
          className="flex flex-wrap items-start gap-x-4 gap-y-3"
          onSubmit={(event) => {
            event.preventDefault();
            if (changed && !nameFault(name) && !rename.isPending)
              rename.mutate({ name: name.trim() });
          }}
        >
          <span
            aria-hidden
            className="mt-1 grid size-14 shrink-0 place-items-center rounded-full bg-raised text-lg font-semibold uppercase"
          >
            {initials(plainLine(person.name))}
          </span>
          <Field
            label={say.name}
            hint={say.nameHint}
            error={nameFault(name)}
            className="min-w-48 flex-1"
          >
            {(control) => (
              <Input
                {...control}
                name="name"
                autoComplete="name"
                maxLength={80}
                value={name}
                onChange={({ target }) => setName(target.value)}
              />
            )}
          </Field>
          <Button type="submit" busy={rename.isPending} disabled={!changed} className="sm:mt-6.5">
            {words.common.save}
          </Button>
        </form>
        {rename.error ? <ErrorNote error={rename.error} /> : null}
      </Panel>
    </Section>
  );
}
