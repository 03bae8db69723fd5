import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { useId } from "react";
import { meQuery } from "../shell/queries";
import { SkeletonRows } from "../ui/skeleton";
import { ErrorNote } from "../ui/states";
import { words } from "../words";
import { rolesQuery } from "./queries";
import { roleName } from "./role-name";
import { plainLine } from "../ui/foreign";

const said = words.team.changeRole;

/** The team's roles to choose from. Nobody gives more than they have: such a role is shown, and cannot be chosen. */
export function RoleChoice({
  value,
  onChange,
}: {
  value: string;
  onChange: (role: string) => void;
}) {
  const name = useId();
  const roles = useQuery(rolesQuery);
  const { data: me } = useSuspenseQuery(meQuery);
  if (roles.error && !roles.data)
    return <ErrorNote error={roles.error} retry={() => void roles.refetch()} />;
  if (!roles.data) return <SkeletonRows rows={4} className="h-14" />;
  return (
    <fieldset className="flex min-w-0 flex-col gap-1.5">
      <legend className="mb-1.5 text-sm font-medium">{said.label}</legend>
      {roles.data.items.map((role) => {
        const beyond = role.permissions.some((permission) => !me.permissions.includes(permission));
        return (
          <label
            key={role.id}
            className="flex min-w-0 items-start gap-3 rounded-lg border border-line px-3 py-2 has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-accent has-disabled:cursor-not-allowed"
          >
            <input
              type="radio"
              name={name}
              value={role.id}
              checked={role.id === value}
              disabled={beyond && role.id !== value}
              onChange={() => onChange(role.id)}
              className="mt-1 size-4 shrink-0 accent-accent outline-none"
            />
            <span className="min-w-0">
              <span className="block text-sm font-medium wrap-anywhere">
                <bdi>{roleName(role.id, role.name)}</bdi>
              </span>
              <span className="block text-[0.8125rem] text-muted wrap-anywhere">
                {beyond ? said.more : <bdi>{plainLine(role.description, 300)}</bdi>}
              </span>
            </span>
          </label>
        );
      })}
    </fieldset>
  );
}
