import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import type { OAuthApp } from "../../../shared/contracts/connectors";
import { queryKeys } from "../query-keys";
import { announce } from "../shell/announcer";
import { Button } from "../ui/button";
import { Field, Input } from "../ui/field";
import { ErrorNote } from "../ui/states";
import { connect as connectWords } from "../words/connect";
import { putApp } from "./api";
import { focusFault } from "./focus";
import { notTheirs } from "./secret-input";

const say = connectWords.app;

/** Client id and secret of an app at a vendor. `known` is the one that is stored. */
export function AppForm({
  connector,
  name,
  known,
  onSaved,
}: {
  connector: string;
  /** The vendor's. */
  name: string;
  known?: OAuthApp | undefined;
  onSaved?: (app: OAuthApp) => void;
}) {
  const queries = useQueryClient();
  const [clientId, setClientId] = useState(known?.clientId ?? "");
  const [clientSecret, setClientSecret] = useState("");
  const [checked, setChecked] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const save = useMutation({
    gcTime: 0,
    mutationFn: () =>
      putApp(connector, {
        clientId: clientId.trim(),
        ...(clientSecret.trim() === "" ? {} : { clientSecret: clientSecret.trim() }),
      }),
    onSuccess: async (app) => {
      announce(say.saved(name));
      setClientSecret("");
      await queries.invalidateQueries({ queryKey: queryKeys.connectors });
      onSaved?.(app);
    },
  });
  const faults = {
    clientId: faultOf(clientId) ?? (clientId.trim() === "" ? say.clientIdMissing : undefined),
    clientSecret: faultOf(clientSecret),
  };
  return (
    <form
      ref={form}
      noValidate
      autoComplete="off"
      className="flex min-w-0 flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        setChecked(true);
        if (faults.clientId || faults.clientSecret) return focusFault(form.current);
        if (!save.isPending) save.mutate();
      }}
    >
      <Field label={say.clientId} required error={checked ? faults.clientId : undefined}>
        {(control) => (
          <Input
            {...control}
            name="clientId"
            autoComplete="off"
            spellCheck={false}
            value={clientId}
            maxLength={500}
            onChange={({ target }) => setClientId(target.value)}
          />
        )}
      </Field>
      <Field
        label={say.clientSecret}
        hint={known?.hasSecret && known.source === "team" ? say.secretKept : say.secretHint}
        error={checked ? faults.clientSecret : undefined}
      >
        {(control) => (
          <Input
            {...control}
            {...notTheirs}
            name="clientSecret"
            type="password"
            value={clientSecret}
            maxLength={4000}
            onChange={({ target }) => setClientSecret(target.value)}
          />
        )}
      </Field>
      {save.error ? <ErrorNote error={save.error} /> : null}
      <Button type="submit" look="primary" className="self-start" busy={save.isPending}>
        {say.save}
      </Button>
    </form>
  );
}

const faultOf = (text: string): string | undefined =>
  /[^\x21-\x7e]/.test(text.trim()) ? say.spaces : undefined;
