import { KeyRound, Plus } from "lucide-react";
import { useRef } from "react";
import { Button } from "../ui/button";
import { words } from "../words";
import { maxHeaders, type HeaderFaults } from "./checks";
import { HeaderField } from "./header-field";
import { newRow, type HeaderRow } from "./header-rows";

const said = words.connections.headers;

/** Secret headers, one a row. */
export function HeaderFields({
  rows,
  faults,
  tooMany,
  checked,
  onChange,
}: {
  rows: readonly HeaderRow[];
  faults: Record<number, HeaderFaults>;
  tooMany: boolean;
  checked: boolean;
  onChange: (rows: HeaderRow[]) => void;
}) {
  const group = useRef<HTMLFieldSetElement>(null);
  const add = (kind: HeaderRow["kind"]) => {
    onChange([...rows, newRow(kind)]);
    requestAnimationFrame(() =>
      group.current?.querySelector<HTMLElement>("li:last-child input")?.focus(),
    );
  };
  const remove = (id: number) => {
    onChange(rows.filter((row) => row.id !== id));
    requestAnimationFrame(() => group.current?.querySelector<HTMLElement>("[data-add]")?.focus());
  };
  const full = rows.length >= maxHeaders;
  return (
    <fieldset ref={group} className="flex min-w-0 flex-col gap-3">
      <legend className="mb-1 text-sm font-medium">{said.legend}</legend>
      <p className="-mt-1.5 text-[0.8125rem] text-muted">{said.hint}</p>
      {rows.length > 0 ? (
        <ul className="flex flex-col gap-3">
          {rows.map((row) => (
            <HeaderField
              key={row.id}
              row={row}
              faults={faults[row.id] ?? {}}
              checked={checked}
              onChange={(next) =>
                onChange(rows.map((other) => (other.id === row.id ? next : other)))
              }
              onRemove={() => remove(row.id)}
            />
          ))}
        </ul>
      ) : null}
      <div className="flex flex-wrap gap-2">
        <Button
          data-add
          size="small"
          className="min-h-9"
          icon={<KeyRound aria-hidden className="size-4" />}
          disabled={full || rows.some(({ kind }) => kind === "bearer")}
          onClick={() => add("bearer")}
        >
          {said.addBearer}
        </Button>
        <Button
          size="small"
          className="min-h-9"
          icon={<Plus aria-hidden className="size-4" />}
          disabled={full}
          onClick={() => add("header")}
        >
          {said.add}
        </Button>
      </div>
      {tooMany ? (
        <p className="text-[0.8125rem] text-danger">{words.connections.faults.tooManyHeaders}</p>
      ) : null}
    </fieldset>
  );
}
