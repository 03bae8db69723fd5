import { useContext, useMemo, useState } from "react";
import { isObject } from "../../../../shared/json";
import { Button } from "../../ui/button";
import { words } from "../../words";
import type { Group } from "../schema/field";
import { own } from "../schema/json";
import type { Property } from "../schema/properties";
import { pointerOf, type Place } from "../values/place";
import { ExtraFields } from "./extra-fields";
import { FormFaults, useForm } from "./form-context";

const chunk = 50;
const mostRequired = 100;

type Props = { field: Group; place: Place; value: unknown; depth: number };

/** The fields of an object: the first of them, those that are needed and those with a fault; the rest when asked for. */
export function ObjectFields({ field, place, value, depth }: Props) {
  const [limit, setLimit] = useState(chunk);
  const faults = useContext(FormFaults);
  const object = isObject(value) ? value : {};
  const pointer = pointerOf(place);
  const hasFault = ({ name }: Property) =>
    faults.size > 0 &&
    [...faults.keys()].some((at) => at.startsWith(`${pointer}${pointerOf([step(name)])}`));
  const shown = field.properties.filter(
    (property, at) =>
      at < limit || (property.required && at < limit + mostRequired) || hasFault(property),
  );
  const left = field.properties.length - shown.length;
  return (
    <>
      {shown.map((property) => (
        <PropertyField
          key={property.name}
          property={property}
          place={place}
          value={own(object, property.name)}
          depth={depth}
        />
      ))}
      {left > 0 ? (
        <Button size="small" className="self-start" onClick={() => setLimit(limit + chunk * 4)}>
          {words.playground.form.more(left)}
        </Button>
      ) : null}
      <ExtraFields field={field} place={place} value={object} depth={depth} />
    </>
  );
}

const step = (name: string) => ({ key: name, kept: false });

function PropertyField({
  property: { name, schema, required },
  place,
  value,
  depth,
}: {
  property: Property;
  place: Place;
  value: unknown;
  depth: number;
}) {
  const { Argument } = useForm();
  const at = useMemo(() => [...place, { key: name, kept: required }], [place, name, required]);
  return (
    <Argument
      schema={schema}
      place={at}
      value={value}
      name={name}
      required={required}
      depth={depth}
    />
  );
}
