import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { TeamRole } from "../../../shared/contracts/members";
import type { Permission } from "../../../shared/roles";
import { answer, api } from "../client";
import { queryKeys } from "../query-keys";
import { meQuery } from "../shell/queries";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Field, Input, Select } from "../ui/field";
import { plainLine } from "../ui/foreign";
import { notify } from "../ui/notify";
import { ErrorNote } from "../ui/states";
import { words } from "../words";
import { PermissionChoice } from "./permission-choice";
import { roleName } from "./role-name";

const said = words.team.role;
const form = "role";

/** Makes a role, or edits the one that is given. */
export function RoleDialog({
  roles,
  role,
  onClose,
}: {
  roles: readonly TeamRole[];
  role?: TeamRole;
  onClose: () => void;
}) {
  const { data: me } = useSuspenseQuery(meQuery);
  const [name, setName] = useState(role?.name ?? "");
  const [description, setDescription] = useState(role?.description ?? "");
  const [chosen, setChosen] = useState<ReadonlySet<Permission>>(new Set(role?.permissions));
  const [checked, setChecked] = useState(false);
  const queries = useQueryClient();
  const nameFault = name.trim() === "" ? said.nameMissing : undefined;
  const permissionFault = chosen.size === 0 ? said.nonePicked : undefined;
  const save = useMutation({
    mutationFn: () => {
      const json = {
        name: name.trim(),
        description: description.trim(),
        permissions: [...chosen],
      };
      return role
        ? answer(api.v1.roles[":id"].$patch({ param: { id: role.id }, json }))
        : answer(api.v1.roles.$post({ json }));
    },
    onSuccess: async (saved) => {
      const shown = plainLine(saved.name, 40);
      await queries.invalidateQueries({ queryKey: queryKeys.team });
      void queries.invalidateQueries({ queryKey: queryKeys.me });
      notify({ tone: "success", title: role ? said.saved(shown) : said.made(shown) });
      onClose();
    },
  });
  const startFrom = (id: string) =>
    setChosen(
      new Set(
        roles
          .find((known) => known.id === id)
          ?.permissions.filter((permission) => me.permissions.includes(permission)),
      ),
    );
  return (
    <Dialog
      open
      onClose={onClose}
      title={role ? said.editTitle(plainLine(role.name, 40)) : said.makeTitle}
      actions={
        <>
          <Button onClick={onClose}>{words.common.cancel}</Button>
          <Button type="submit" form={form} look="primary" busy={save.isPending}>
            {role ? words.common.save : said.make}
          </Button>
        </>
      }
    >
      <form
        id={form}
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          setChecked(true);
          if (!nameFault && !permissionFault && !save.isPending) save.mutate();
        }}
      >
        <Field
          label={said.name}
          hint={said.nameHint}
          required
          error={checked ? nameFault : undefined}
        >
          {(control) => (
            <Input
              {...control}
              autoFocus
              value={name}
              maxLength={40}
              autoComplete="off"
              onChange={({ target }) => setName(target.value)}
            />
          )}
        </Field>
        <Field label={said.description} hint={said.descriptionHint}>
          {(control) => (
            <Input
              {...control}
              value={description}
              maxLength={300}
              autoComplete="off"
              onChange={({ target }) => setDescription(target.value)}
            />
          )}
        </Field>
        {role ? null : (
          <Field label={said.startFrom}>
            {(control) => (
              <Select {...control} onChange={({ target }) => startFrom(target.value)}>
                <option value="">{said.nothing}</option>
                {roles.map(({ id, name: given }) => (
                  <option key={id} value={id}>
                    {roleName(id, given)}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        )}
        <section className="flex flex-col gap-3">
          <h3 className="text-sm">{said.permissions}</h3>
          <p className="text-[0.8125rem] text-muted">{said.notYours}</p>
          <PermissionChoice value={chosen} grantable={me.permissions} onChange={setChosen} />
          <p role="alert" className="text-[0.8125rem] text-danger empty:hidden">
            {checked ? permissionFault : null}
          </p>
        </section>
      </form>
      {save.error ? <ErrorNote error={save.error} /> : null}
    </Dialog>
  );
}
