import { useSuspenseQuery } from "@tanstack/react-query";
import { useId } from "react";
import type { Permission } from "../../../shared/roles";
import { PermissionChoice } from "../members/permission-choice";
import { meQuery } from "../shell/queries";
import { words } from "../words";
import { presets, scopesOf, type Preset } from "./scopes";

const say = words.keys.scopes;

export type Scopes = { preset: Preset; chosen: ReadonlySet<Permission> };

/** What a choice comes to; undefined where nothing is chosen. */
export function chosenScopes({ preset, chosen }: Scopes, mine: readonly Permission[]) {
  if (preset !== "custom") return scopesOf(preset, mine);
  return chosen.size === 0 ? undefined : [...chosen];
}

/** A preset, or permission by permission. `withAll`: whether it can follow somebody's role. */
export function ScopeChoice({
  value,
  withAll = true,
  onChange,
}: {
  value: Scopes;
  withAll?: boolean;
  onChange: (value: Scopes) => void;
}) {
  const { data: me } = useSuspenseQuery(meQuery);
  const name = useId();
  const shown = presets.filter((preset) => withAll || preset !== "all");
  return (
    <fieldset className="flex min-w-0 flex-col gap-1.5">
      <legend className="mb-1.5 text-sm font-medium">{say.label}</legend>
      {shown.map((preset) => (
        <label
          key={preset}
          className="flex min-w-0 items-start gap-3 rounded-lg border border-line px-3 py-2 has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-accent"
        >
          <input
            type="radio"
            name={name}
            checked={preset === value.preset}
            onChange={() => onChange({ ...value, preset })}
            className="mt-1 size-4 shrink-0 accent-accent outline-none"
          />
          <span className="min-w-0">
            <span className="block text-sm font-medium">{say[preset]}</span>
            <span className="block text-[0.8125rem] text-muted">{say[`${preset}Hint`]}</span>
          </span>
        </label>
      ))}
      {value.preset === "custom" ? (
        <div className="rounded-lg border border-line p-3">
          <PermissionChoice
            value={value.chosen}
            grantable={me.permissions}
            onChange={(chosen) => onChange({ ...value, chosen })}
          />
        </div>
      ) : null}
    </fieldset>
  );
}
