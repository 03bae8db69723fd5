import { useId } from "react";
import type { ConsentAsked } from "../../../shared/contracts/grants";
import { Checkbox } from "../ui/field";
import { plainLine } from "../ui/foreign";
import { consent as consentWords } from "../words/consent";

const say = consentWords;

/** All connections of the team, now and later (`null`), or some. */
export function ConnectionChoice({
  connections,
  value,
  onChange,
}: {
  connections: ConsentAsked["connections"];
  value: ReadonlySet<string> | null;
  onChange: (value: ReadonlySet<string> | null) => void;
}) {
  const name = useId();
  if (connections.length === 0) return <p className="text-sm text-muted">{say.noConnections}</p>;
  const ways = [
    { some: false, label: say.allConnections, hint: say.allHint },
    { some: true, label: say.someConnections, hint: undefined },
  ];
  return (
    <fieldset className="flex min-w-0 flex-col gap-2.5">
      <legend className="mb-2 text-sm font-medium">{say.connections}</legend>
      {ways.map(({ some, label, hint }) => (
        <label
          key={label}
          className="flex items-start gap-2.5 rounded-lg text-sm has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent"
        >
          <input
            type="radio"
            name={name}
            checked={(value !== null) === some}
            onChange={() => onChange(some ? new Set() : null)}
            className="mt-0.5 size-5 shrink-0 accent-accent outline-none"
          />
          <span className="min-w-0">
            {label}
            {hint ? <span className="block text-[0.8125rem] text-muted">{hint}</span> : null}
          </span>
        </label>
      ))}
      {value === null ? null : (
        <div className="ml-7.5 flex max-h-56 flex-col gap-2 overflow-y-auto rounded-lg border border-line p-3">
          {connections.map(({ id, name: given }) => (
            <Checkbox
              key={id}
              label={<bdi>{plainLine(given, 80)}</bdi>}
              checked={value.has(id)}
              onChange={() => {
                const next = new Set(value);
                if (!next.delete(id)) next.add(id);
                onChange(next);
              }}
            />
          ))}
        </div>
      )}
      <p role="status" className="text-[0.8125rem] text-muted empty:hidden">
        {value?.size === 0 ? say.noneChosen : null}
      </p>
    </fieldset>
  );
}
