import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import type { Secret } from "../../../shared/contracts/secrets";
import { ApiError, call } from "../client";
import { queryKeys } from "../query-keys";
import { Button } from "../ui/button";
import { CodeBlock } from "../ui/code-block";
import { Dialog } from "../ui/dialog";
import { MultilineInput } from "../connect/multiline-input";
import { Field, Input } from "../ui/field";
import { notify } from "../ui/notify";
import { ErrorNote } from "../ui/states";
import { words } from "../words";
import { secrets as secretWords } from "../words/secrets";
import {
  asName,
  asValue,
  faultsOf,
  referenceTo,
  valueFault,
  type SecretDraft,
  type SecretFaults,
} from "./draft";

const say = secretWords.form;

type Props =
  | { what: "add"; onClose: () => void }
  | { what: "replace" | "describe"; secret: Secret; onClose: () => void };

const titles = { replace: say.replaceTitle, describe: say.describeTitle };
const confirms = { add: say.confirm, replace: say.replaceConfirm, describe: words.common.save };

/** What is typed stays until the hub has taken it; a value never comes back from there. */
export function SecretDialog(props: Props) {
  const { what, onClose } = props;
  const known = props.what === "add" ? undefined : props.secret;
  const form = useId();
  const [draft, setDraft] = useState<SecretDraft>({
    name: known?.name ?? "",
    value: "",
    description: known?.description ?? "",
  });
  const [checked, setChecked] = useState(false);
  const save = useSave(props, draft);
  const faults: SecretFaults =
    what === "add" ? faultsOf(draft) : what === "replace" ? valueFault(draft.value) : {};
  const shown: SecretFaults = checked ? faults : {};
  const refused = save.error instanceof ApiError ? save.error.details["field"] : undefined;
  const change = (part: Partial<SecretDraft>) => {
    setDraft({ ...draft, ...part });
    save.reset();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={props.what === "add" ? say.addTitle : titles[props.what](props.secret.name)}
      actions={
        <>
          <Button onClick={onClose}>{words.common.cancel}</Button>
          <Button type="submit" form={form} look="primary" busy={save.isPending}>
            {confirms[what]}
          </Button>
        </>
      }
    >
      <form
        id={form}
        noValidate
        autoComplete="off"
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          setChecked(true);
          const { currentTarget } = event;
          if (Object.keys(faults).length === 0 && !save.isPending) save.mutate();
          else
            requestAnimationFrame(() =>
              currentTarget.querySelector<HTMLElement>("[aria-invalid=true]")?.focus(),
            );
        }}
      >
        {what === "add" ? (
          <Field
            required
            label={say.name}
            hint={say.nameHint}
            error={shown.name ?? (refused === "body.name" ? save.error?.message : undefined)}
          >
            {(control) => (
              <Input
                {...control}
                autoFocus
                spellCheck={false}
                value={draft.name}
                maxLength={64}
                className="font-mono"
                onChange={({ target }) => change({ name: asName(target.value) })}
              />
            )}
          </Field>
        ) : null}
        {what === "describe" ? null : (
          <Field
            required
            label={say.value}
            hint={what === "replace" ? say.replaceHint : say.valueHint}
            error={shown.value ?? (refused === "body.value" ? save.error?.message : undefined)}
          >
            {(control) => (
              <MultilineInput
                {...control}
                name="value"
                label={say.value}
                value={draft.value}
                onChange={(value) => change({ value: asValue(value, draft.value) })}
              />
            )}
          </Field>
        )}
        {what === "replace" ? null : (
          <Field label={say.description} hint={say.descriptionHint}>
            {(control) => (
              <Input
                {...control}
                value={draft.description}
                maxLength={300}
                onChange={({ target }) => change({ description: target.value })}
              />
            )}
          </Field>
        )}
        {what === "add" && draft.name !== "" && faults.name === undefined ? (
          <div className="flex flex-col gap-1.5">
            <p className="text-sm font-medium">{say.reference}</p>
            <CodeBlock code={referenceTo(draft.name)} label={say.reference} />
            <p className="text-[0.8125rem] text-muted">{say.referenceHint}</p>
          </div>
        ) : null}
      </form>
      {save.error && refused !== "body.name" && refused !== "body.value" ? (
        <ErrorNote error={save.error} />
      ) : null}
    </Dialog>
  );
}

function useSave(props: Props, { name, value, description }: SecretDraft) {
  const queries = useQueryClient();
  const text = description.trim();
  return useMutation({
    // A value is kept nowhere once the dialog is gone.
    gcTime: 0,
    mutationFn: (): Promise<Secret> => {
      if (props.what === "add")
        return call("POST", "v1/secrets", {
          json: { name, value, ...(text === "" ? {} : { description: text }) },
        });
      return call("PATCH", `v1/secrets/${props.secret.id}`, {
        json: props.what === "replace" ? { value } : { description: text === "" ? null : text },
      });
    },
    onSuccess: async (secret) => {
      await queries.invalidateQueries({ queryKey: queryKeys.secrets });
      const said = { add: say.added, replace: say.replaced, describe: say.described }[props.what];
      notify({ tone: "success", title: said(secret.name) });
      props.onClose();
    },
  });
}
