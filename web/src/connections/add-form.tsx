import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type { Connection } from "../../../shared/contracts/connections";
import { answer, api } from "../client";
import { queryKeys } from "../query-keys";
import { announce } from "../shell/announcer";
import { Button } from "../ui/button";
import { Panel } from "../ui/page";
import { words } from "../words";
import { AddFailure } from "./add-failure";
import { AddFields } from "./add-fields";
import { AddProgress } from "./add-progress";
import { draftFaults, emptyDraft, fieldOf, isSound, requestFor } from "./draft";
import { notifyElsewhere } from "./notify-elsewhere";

const said = words.connections.addPage;

/** Keeps what was typed until the hub has taken it. */
export function AddForm({ onAdded }: { onAdded: (connection: Connection) => void }) {
  const [draft, setDraft] = useState(emptyDraft);
  const [checked, setChecked] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const here = useIsHere();
  const queries = useQueryClient();
  const create = useMutation({
    mutationFn: (allowUnreachable: boolean) =>
      answer(api.v1.connections.$post({ json: requestFor(draft, allowUnreachable) })),
    onSuccess: (connection) => {
      void queries.invalidateQueries({ queryKey: queryKeys.connections });
      if (!here.current) return notifyElsewhere(connection.name, connection);
      announce(words.connections.result.connected(connection.name));
      onAdded(connection);
    },
    onError: (error) => (here.current ? undefined : notifyElsewhere(draft.name, error)),
  });
  const refused = fieldOf(create.error);
  useEffect(() => {
    if (refused) form.current?.querySelector<HTMLElement>(`[name="${refused}"]`)?.focus();
  }, [refused]);
  const faults = draftFaults(draft);
  const submit = (allowUnreachable: boolean) => {
    if (create.isPending) return;
    setChecked(true);
    if (isSound(faults)) create.mutate(allowUnreachable);
    else requestAnimationFrame(() => focusFault(form.current));
  };
  return (
    <Panel>
      <form
        ref={form}
        noValidate
        autoComplete="off"
        className="flex flex-col"
        onSubmit={(event) => {
          event.preventDefault();
          submit(false);
        }}
      >
        <fieldset disabled={create.isPending} className="flex min-w-0 flex-col gap-5 p-5">
          <AddFields
            draft={draft}
            faults={faults}
            checked={checked}
            refused={create.error && refused ? refusalOf(refused, create.error) : undefined}
            onChange={(next) => {
              setDraft(next);
              if (create.error) create.reset();
            }}
          />
        </fieldset>
        <div className="flex flex-col gap-4 px-5 pb-5 empty:hidden">
          {create.isPending ? <AddProgress /> : null}
          {create.error && refused !== "name" ? (
            <AddFailure error={create.error} onSave={() => submit(true)} />
          ) : null}
        </div>
        <div className="flex justify-end rounded-b-xl border-t border-line bg-canvas px-5 py-3.5">
          <Button type="submit" look="primary" busy={create.isPending}>
            {said.connect}
          </Button>
        </div>
      </form>
    </Panel>
  );
}

/** A taken name is told where it stands; why an address is refused takes more room. */
const refusalOf = (field: "name" | "url", { message }: Error) => ({
  field,
  message: field === "name" ? message : words.connections.faults.urlRefused,
});

function useIsHere() {
  const here = useRef(true);
  useEffect(() => {
    here.current = true;
    return () => {
      here.current = false;
    };
  }, []);
  return here;
}

const focusFault = (form: HTMLFormElement | null) =>
  form?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
