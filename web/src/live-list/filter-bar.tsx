import { ListFilter } from "lucide-react";
import { useRef, useState, type ReactNode } from "react";
import type { Names } from "../executions/use-names";
import { Button } from "../ui/button";
import { ChoiceChip } from "../ui/chip";
import { classNames } from "../ui/class-names";
import { Select } from "../ui/field";
import { words } from "../words";
import { countSet, ranges, statusesIn, type Change, type ListSearch } from "./filters";
import { RangeFilter } from "./range-filter";
import { SetChips } from "./set-chips";

export type FilterBarProps<Status extends string> = {
  search: ListSearch;
  set: (change: Change<ListSearch>) => void;
  clear: () => void;
  names: Names;
  /** The states there are, in words. */
  statuses: readonly Status[];
  status: Record<Status, string>;
  /** What the list can be searched by, above all. */
  searchInput?: ReactNode;
  /** What else can be chosen, between the connection and the person. */
  more?: ReactNode;
};

const text = words.activity.filters;

export function FilterBar<Status extends string>(props: FilterBarProps<Status>) {
  const { search, set, clear, searchInput } = props;
  const [isOpen, setOpen] = useState(false);
  const count = countSet(search);
  // What takes a filter away goes with it: the focus stays in the bar.
  const bar = useRef<HTMLElement>(null);
  const drop = (take: () => void) => {
    take();
    bar.current?.focus();
  };
  return (
    <section
      ref={bar}
      tabIndex={-1}
      aria-label={text.title}
      className={classNames(
        "flex flex-col gap-3 outline-none",
        searchInput === undefined && "lg:flex-row lg:flex-wrap lg:items-center lg:gap-x-4",
      )}
    >
      <div className="flex flex-wrap items-center gap-2">
        {searchInput}
        <Button
          className="lg:hidden"
          aria-expanded={isOpen}
          icon={<ListFilter aria-hidden className="size-4" />}
          onClick={() => setOpen(!isOpen)}
        >
          {text.open(count)}
        </Button>
        <div
          className={classNames(
            "w-full flex-wrap items-center gap-2 lg:flex lg:w-auto",
            isOpen ? "grid grid-cols-2 sm:flex" : "hidden",
          )}
        >
          <Choices {...props} />
        </div>
      </div>
      <div
        className={classNames(
          "flex-wrap items-center gap-1.5 lg:flex",
          isOpen || count > 0 ? "flex" : "hidden",
        )}
      >
        <div className={classNames("flex-wrap gap-1.5 lg:flex", isOpen ? "flex" : "hidden")}>
          <StatusChips {...props} />
        </div>
        <SetChips {...props} set={(change) => drop(() => set(change))} />
        {count > 0 ? (
          <Button size="small" look="quiet" onClick={() => drop(clear)}>
            {text.clear}
          </Button>
        ) : null}
      </div>
    </section>
  );
}

function Choices({
  search,
  set,
  names: { connections, knowsConnections, personId },
  more,
}: Pick<FilterBarProps<string>, "search" | "set" | "names" | "more">) {
  const { connection, actor } = search;
  const isListed = connections.some(({ id }) => id === connection);
  return (
    <>
      <RangeFilter
        search={search}
        set={set}
        ranges={ranges}
        first="1h"
        say={text}
        wide={{ choice: "sm:w-40", bound: "sm:w-52" }}
      />
      <Select
        aria-label={text.connection}
        className="sm:w-44"
        value={connection ?? ""}
        onChange={({ target }) => set({ connection: target.value })}
      >
        <option value="">{text.anyConnection}</option>
        {connections.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
        {connection === undefined || isListed ? null : (
          <option value={connection}>
            {knowsConnections ? text.goneConnection : text.oneConnection}
          </option>
        )}
      </Select>
      {more}
      <Select
        aria-label={text.actor}
        className="sm:w-36"
        value={actor !== undefined && actor === personId ? "me" : ""}
        onChange={({ target }) => set({ actor: target.value === "me" ? personId : undefined })}
      >
        <option value="">{text.anyActor}</option>
        <option value="me">{text.me}</option>
      </Select>
    </>
  );
}

function StatusChips<Status extends string>({
  search,
  set,
  statuses,
  status: say,
}: FilterBarProps<Status>) {
  const chosen = statusesIn(search, statuses);
  return (
    <fieldset className="contents">
      <legend className="sr-only">{text.status}</legend>
      {statuses.map((status) => {
        const isChosen = chosen.includes(status);
        const next = isChosen ? chosen.filter((each) => each !== status) : [...chosen, status];
        return (
          <ChoiceChip key={status} chosen={isChosen} toggle={() => set({ status: next.join(",") })}>
            {say[status]}
          </ChoiceChip>
        );
      })}
    </fieldset>
  );
}
