import { useState } from "react";
import type { ConnectorMethod } from "../../../shared/contracts/connectors";
import { Button } from "../ui/button";
import { connect as connectWords } from "../words/connect";

const say = connectWords.scopes;
const shownAtFirst = 6;

/** What the vendor is asked for, in plain words; what is needed cannot be left out. */
export function ScopeList({
  scopes,
  chosen,
  onChange,
}: {
  scopes: ConnectorMethod["scopes"];
  chosen: readonly string[];
  onChange: (scopes: string[]) => void;
}) {
  const [all, setAll] = useState(false);
  if (scopes.length === 0) return null;
  const shown = all ? scopes : scopes.slice(0, shownAtFirst);
  const fixed = scopes.every(({ required }) => required);
  const some = scopes.some(({ required }) => required);
  const toggle = (scope: string) =>
    onChange(
      chosen.includes(scope) ? chosen.filter((other) => other !== scope) : [...chosen, scope],
    );
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 text-sm font-medium">{say.legend}</legend>
      <p className="mb-2 text-[0.8125rem] text-muted">
        {fixed
          ? say.fixed
          : `${say.hint}${some ? ` ${say.neededHint}` : ""} ${say.chosen(chosen.length, scopes.length)}.`}
      </p>
      <ul className="divide-y divide-line rounded-lg border border-line">
        {shown.map(({ scope, label, required }) => (
          <li key={scope}>
            <label className="flex min-w-0 items-start gap-3 px-3 py-2">
              <input
                type="checkbox"
                name={`scope:${scope}`}
                className="mt-0.5 size-5 shrink-0 accent-accent"
                checked={required || chosen.includes(scope)}
                disabled={required}
                onChange={() => toggle(scope)}
              />
              <span className="min-w-0 flex-1 text-sm wrap-anywhere">
                {label}
                <code className="block text-xs text-muted">{scope}</code>
              </span>
              {required && !fixed ? (
                <span className="text-[0.8125rem] text-muted">{say.needed}</span>
              ) : null}
            </label>
          </li>
        ))}
      </ul>
      {scopes.length > shown.length ? (
        <Button size="small" look="quiet" className="mt-1" onClick={() => setAll(true)}>
          {say.showAll(scopes.length)}
        </Button>
      ) : null}
    </fieldset>
  );
}
