import type { Permission } from "../../../shared/roles";
import { Checkbox } from "../ui/field";
import { permissionWords } from "../words/permissions";

const { said, groups } = permissionWords;

/** Permissions one by one, in plain words. What is not in `grantable` is shown and cannot be chosen. */
export function PermissionChoice({
  value,
  grantable,
  onChange,
}: {
  value: ReadonlySet<Permission>;
  grantable: readonly Permission[];
  onChange: (value: Set<Permission>) => void;
}) {
  const toggle = (permission: Permission) => {
    const next = new Set(value);
    if (!next.delete(permission)) next.add(permission);
    onChange(next);
  };
  return (
    <div className="flex flex-col gap-4">
      {groups.map(({ title, permissions }) => (
        <fieldset key={title} className="flex min-w-0 flex-col gap-2">
          <legend className="mb-1.5 text-[0.8125rem] font-medium text-muted">{title}</legend>
          {permissions.map((permission) => (
            <Checkbox
              key={permission}
              label={said[permission].name}
              hint={said[permission].means}
              checked={value.has(permission)}
              disabled={!grantable.includes(permission) && !value.has(permission)}
              onChange={() => toggle(permission)}
            />
          ))}
        </fieldset>
      ))}
    </div>
  );
}
