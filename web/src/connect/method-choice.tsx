import { Unplug } from "lucide-react";
import type { ConnectorMethod } from "../../../shared/contracts/connectors";
import { Badge } from "../ui/badge";
import { Field, Select } from "../ui/field";
import { connect as connectWords } from "../words/connect";
import { ChoiceCards } from "./choice-cards";

const say = connectWords.method;
/** More than these are a list to open. */
const mostCards = 4;
const flows = { consent: say.byConsent, device: say.byDevice, form: say.byForm };

const hintOf = ({ flow, description }: ConnectorMethod): string => description ?? flows[flow];

/** How to sign in, where there is more than one way. */
export function MethodChoice({
  methods,
  value,
  onChange,
}: {
  methods: readonly ConnectorMethod[];
  value: string;
  onChange: (method: string) => void;
}) {
  const [only] = methods;
  if (methods.length < 2)
    return only?.flow === "form" ? null : (
      <p className="text-sm text-muted">{only ? hintOf(only) : null}</p>
    );
  const chosen = methods.find(({ id }) => id === value);
  if (methods.length > mostCards)
    return (
      <Field label={say.legend} hint={chosen ? hintOf(chosen) : undefined}>
        {(control) => (
          <Select {...control} value={value} onChange={({ target }) => onChange(target.value)}>
            {methods.map(({ id, label }) => (
              <option key={id} value={id}>
                {label}
              </option>
            ))}
          </Select>
        )}
      </Field>
    );
  return (
    <ChoiceCards
      legend={say.legend}
      value={value}
      onChange={onChange}
      cards={methods.map((method, place) => ({
        value: method.id,
        label: method.label,
        hint: hintOf(method),
        aside:
          method.executedBy === "bridge" ? (
            <Badge>{say.bridge}</Badge>
          ) : place === 0 ? (
            <Badge tone="accent">{say.recommended}</Badge>
          ) : null,
      }))}
    />
  );
}

/** What the edge cannot do, said where the fields would stand. */
export const BridgeNote = () => (
  <div className="flex items-start gap-3 rounded-xl bg-raised p-4 text-sm">
    <Unplug aria-hidden className="mt-0.5 size-5 shrink-0 text-muted" />
    <div className="min-w-0">
      <p className="font-medium">{say.bridgeTitle}</p>
      <p className="text-muted">{say.bridgeWhy}</p>
    </div>
  </div>
);
