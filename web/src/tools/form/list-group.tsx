import { Plus } from "lucide-react";
import { useMemo, useState } from "react";
import { Button } from "../../ui/button";
import { words } from "../../words";
import type { Place } from "../values/place";
import { itemSchema, startItem } from "../values/start-value";
import type { FieldProps } from "./props";
import { useForm } from "./form-context";
import { GroupFrame } from "./group-frame";

const { form, hints } = words.playground;
const chunk = 50;

export function ListGroup(props: FieldProps<"list">) {
  const { value, field } = props;
  const items: readonly unknown[] = Array.isArray(value) ? value : [];
  return (
    <GroupFrame
      {...props}
      summary={hints.items({ min: items.length, max: items.length }) ?? words.common.none}
    >
      {() => <Items {...props} field={field} items={items} />}
    </GroupFrame>
  );
}

function Items({ field, place, items, depth }: FieldProps<"list"> & { items: readonly unknown[] }) {
  const { root, edit } = useForm();
  const [limit, setLimit] = useState(chunk);
  const isFull =
    (field.item === false && items.length >= field.places.length) ||
    items.length >= (field.items.max ?? Infinity);
  const add = () => {
    const at = items.length;
    setLimit(Math.max(limit, at + 1));
    edit([...place, { key: at, kept: true }], startItem(root, itemSchema(field, at)));
  };
  return (
    <>
      {items.slice(0, limit).map((item, at) => (
        <Item key={at} at={at} item={item} field={field} place={place} depth={depth} />
      ))}
      {items.length > limit ? (
        <Button size="small" className="self-start" onClick={() => setLimit(limit + chunk * 4)}>
          {form.moreItems(items.length - limit)}
        </Button>
      ) : null}
      {isFull ? null : (
        <Button
          size="small"
          className="self-start"
          icon={<Plus aria-hidden className="size-4" />}
          onClick={add}
        >
          {form.addItem}
        </Button>
      )}
    </>
  );
}

function Item({
  at,
  item,
  field,
  place,
  depth,
}: {
  at: number;
  item: unknown;
  field: FieldProps<"list">["field"];
  place: Place;
  depth: number;
}) {
  const { Argument, edit } = useForm();
  const here = useMemo(() => [...place, { key: at, kept: true }], [place, at]);
  return (
    <Argument
      schema={itemSchema(field, at)}
      place={here}
      value={item}
      name={form.item(at + 1)}
      required={false}
      depth={depth + 1}
      onRemove={() => edit(here, undefined)}
    />
  );
}
