import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { SsoState } from "../../../shared/contracts/sso";
import { answer, api } from "../client";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Field, Input, Select } from "../ui/field";
import { notify } from "../ui/notify";
import { ErrorNote } from "../ui/states";
import { words } from "../words";
import { CopiedText } from "./copied-text";
import { rolesQuery, ssoQuery } from "./queries";
import { roleName } from "./role-name";

const say = words.team.sso;
const form = "sso";
const texts = [
  ["domain", "example.com"],
  ["issuer", "https://login.example.com"],
  ["clientId", ""],
] as const;

/** Nobody becomes one of these by signing in. */
const neverByItself = ["owner", "admin"];

/** A secret that is stored is never read again: left empty, it stays. */
export function SsoDialog({
  state: { provider, redirectUri },
  onClose,
}: {
  state: SsoState;
  onClose: () => void;
}) {
  const [draft, setDraft] = useState({
    domain: provider?.domain ?? "",
    issuer: provider?.issuer ?? "",
    clientId: provider?.clientId ?? "",
    defaultRole: provider?.defaultRole ?? "member",
  });
  const [secret, setSecret] = useState("");
  const [checked, setChecked] = useState(false);
  const roles = useQuery(rolesQuery);
  const queries = useQueryClient();
  const missing = (value: string) => (checked && value.trim() === "" ? say.missing : undefined);
  const complete =
    texts.every(([name]) => draft[name].trim() !== "") && (provider || secret !== "");
  const save = useMutation({
    mutationFn: () =>
      answer(
        api.v1.team.sso.$put({
          json: { ...draft, ...(secret === "" ? {} : { clientSecret: secret }) },
        }),
      ),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ssoQuery.queryKey });
      notify({ tone: "success", title: say.saved });
      onClose();
    },
  });
  return (
    <Dialog
      open
      onClose={onClose}
      title={say.title}
      description={say.howTo}
      actions={
        <>
          <Button onClick={onClose}>{words.common.cancel}</Button>
          <Button type="submit" form={form} look="primary" busy={save.isPending}>
            {words.common.save}
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
          if (complete && !save.isPending) save.mutate();
        }}
      >
        <div className="flex flex-col gap-1 rounded-lg bg-raised p-3 text-sm">
          <p className="font-medium">{say.redirectUri}</p>
          <CopiedText text={redirectUri} label={say.redirectUri} />
          <p className="text-[0.8125rem] text-muted">{say.redirectHint}</p>
        </div>
        {texts.map(([name, placeholder]) => (
          <Field
            key={name}
            label={say[name]}
            hint={say[`${name}Hint`]}
            required
            error={missing(draft[name])}
          >
            {(control) => (
              <Input
                {...control}
                value={draft[name]}
                placeholder={placeholder}
                spellCheck={false}
                onChange={({ target }) => setDraft({ ...draft, [name]: target.value })}
              />
            )}
          </Field>
        ))}
        <Field
          label={say.clientSecret}
          hint={provider ? say.secretStays : say.secretHint}
          required={!provider}
          error={provider ? undefined : missing(secret)}
        >
          {(control) => (
            <Input
              {...control}
              type="password"
              autoComplete="off"
              value={secret}
              onChange={({ target }) => setSecret(target.value)}
            />
          )}
        </Field>
        <Field label={say.defaultRole} hint={say.defaultRoleHint}>
          {(control) => (
            <Select
              {...control}
              value={draft.defaultRole}
              onChange={({ target }) => setDraft({ ...draft, defaultRole: target.value })}
            >
              {(roles.data?.items ?? [{ id: draft.defaultRole, name: draft.defaultRole }])
                .filter(({ id }) => !neverByItself.includes(id))
                .map(({ id, name }) => (
                  <option key={id} value={id}>
                    {roleName(id, name)}
                  </option>
                ))}
            </Select>
          )}
        </Field>
      </form>
      {save.error ? <ErrorNote error={save.error} /> : null}
    </Dialog>
  );
}
