import { RangeFilter } from "../live-list/range-filter";
import { Button } from "../ui/button";
import { Select } from "../ui/field";
import { plainLine } from "../ui/foreign";
import { SearchInput } from "../ui/search-input";
import { audit as auditWords } from "../words/audit";
import { actionInWords } from "./action-words";
import { ranges } from "./filters";
import { changed, hasFilters, type AuditSearch } from "./search";
import type { Names } from "./use-names";

const text = auditWords.filters;
const { kinds, actions } = auditWords;

export function FilterBar({
  search,
  change,
  names,
}: {
  search: AuditSearch;
  change: (search: AuditSearch, replace?: boolean) => void;
  names: Names;
}) {
  const { action, person, subject } = search;
  const listed = names.people.some(({ id }) => id === person);
  const set = (part: Partial<Record<keyof AuditSearch, string | undefined>>) =>
    change(changed(search, part));
  return (
    <search className="grid grid-cols-2 items-center gap-2 lg:flex lg:flex-wrap">
      <SearchInput
        label={text.subject}
        value={subject ?? ""}
        onChange={(next) => change(changed(search, { subject: next }), true)}
        className="col-span-2 lg:w-80"
      />
      <Select
        aria-label={text.action}
        className="lg:w-52!"
        value={action ?? ""}
        onChange={({ target }) => set({ action: target.value })}
      >
        <option value="">{text.anyAction}</option>
        {Object.entries(kinds).map(([kind, label]) => (
          <option key={kind} value={`${kind}.*`}>
            {label}
          </option>
        ))}
        {action === undefined || isKind(action) ? null : (
          <option value={action}>{actionInWords(action)}</option>
        )}
      </Select>
      <Select
        aria-label={text.person}
        className="lg:w-44!"
        value={person ?? ""}
        onChange={({ target }) => set({ person: target.value })}
      >
        <option value="">{text.anybody}</option>
        {names.me === "" ? null : <option value={names.me}>{text.me}</option>}
        {names.people
          .filter(({ id }) => id !== names.me)
          .map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        {person === undefined || listed || person === names.me ? null : (
          <option value={person}>{plainLine(names.person(person), 60)}</option>
        )}
      </Select>
      <RangeFilter
        search={search}
        set={set}
        ranges={ranges}
        first="24h"
        say={text}
        wide={{ choice: "lg:w-44!", bound: "lg:w-52!" }}
      />
      {hasFilters(search) ? (
        <Button look="quiet" onClick={() => change({})}>
          {text.clear}
        </Button>
      ) : null}
    </search>
  );
}

const isKind = (action: string): boolean =>
  action.endsWith(".*") && Object.hasOwn(kinds, action.slice(0, -2)) && !(action in actions);
