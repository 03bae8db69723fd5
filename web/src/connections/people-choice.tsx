import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import { memberNamesQuery } from "../members/queries";
import { Checkbox, Input } from "../ui/field";
import { plainLine } from "../ui/foreign";
import { SkeletonRows } from "../ui/skeleton";
import { ErrorNote } from "../ui/states";
import { words } from "../words";

const said = words.team.access;
const fewEnough = 8;

/** Members by name, the chosen ones first. */
export function PeopleChoice({
  value,
  onToggle,
}: {
  value: readonly string[];
  onToggle: (person: string) => void;
}) {
  const [typed, setTyped] = useState("");
  const q = useDeferredValue(typed.trim());
  const people = useQuery(memberNamesQuery(q));
  const [first] = useState(value);
  const found = people.data?.items ?? [];
  const sorted = [
    ...found.filter(({ id }) => first.includes(id)),
    ...found.filter(({ id }) => !first.includes(id)),
  ];
  const searchable = q !== "" || found.length > fewEnough || people.data?.nextCursor;
  return (
    <fieldset className="flex min-w-0 flex-col gap-2">
      <legend className="mb-2 text-sm font-medium">{said.people}</legend>
      {searchable ? (
        <Input
          type="search"
          aria-label={said.findPeople}
          placeholder={said.findPeople}
          value={typed}
          maxLength={100}
          onChange={({ target }) => setTyped(target.value)}
          // Return in a search is no wish to save.
          onKeyDown={(event) => (event.key === "Enter" ? event.preventDefault() : undefined)}
        />
      ) : null}
      {people.error && !people.data ? (
        <ErrorNote error={people.error} retry={() => void people.refetch()} />
      ) : null}
      {people.isPending ? <SkeletonRows rows={3} className="h-6" /> : null}
      {people.data && sorted.length === 0 ? (
        <p className="text-[0.8125rem] text-muted">{said.noneFound}</p>
      ) : null}
      <div tabIndex={-1} className="-m-1 flex max-h-64 flex-col gap-2 overflow-y-auto p-1">
        {sorted.map(({ id, name, email }) => (
          <Checkbox
            key={id}
            label={<bdi>{plainLine(name, 80)}</bdi>}
            hint={email === null ? null : <bdi>{plainLine(email, 254)}</bdi>}
            checked={value.includes(id)}
            onChange={() => onToggle(id)}
          />
        ))}
      </div>
      {people.data?.nextCursor ? <p className="text-[0.8125rem] text-muted">{said.more}</p> : null}
    </fieldset>
  );
}
