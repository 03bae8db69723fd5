import { useQuery } from "@tanstack/react-query";
import { ListFilter } from "lucide-react";
import { useRef, useState } from "react";
import { toolQuery } from "../tools/queries";
import { Button } from "../ui/button";
import { ChoiceChip, SetChip } from "../ui/chip";
import { classNames } from "../ui/class-names";
import { Select } from "../ui/field";
import { plainLine } from "../ui/foreign";
import { SearchInput } from "../ui/search-input";
import { words } from "../words";
import { changed, countFilters, statuses, statusesOf, withoutFilters } from "./filters";
import { RangeFilter } from "./range-filter";
import type { ActivitySearch } from "./search";
import type { Names } from "./use-names";

export type FilterBarProps = {
  search: ActivitySearch;
  change: (search: ActivitySearch) => void;
  names: Names;
};

const text = words.activity.filters;

export function FilterBar(props: FilterBarProps) {
  const { search, change } = props;
  const [isOpen, setOpen] = useState(false);
  const set = countFilters(search);
  // What takes a filter away goes with it: the focus stays in the bar.
  const bar = useRef<HTMLElement>(null);
  const drop = (next: ActivitySearch) => {
    change(next);
    bar.current?.focus();
  };
  return (
    <section
      ref={bar}
      tabIndex={-1}
      aria-label={text.title}
      className="flex flex-col gap-3 outline-none"
    >
      <div className="flex flex-wrap items-center gap-2">
        <SearchInput
          label={text.search}
          value={search.q ?? ""}
          onChange={(q) => change(changed(search, { q }))}
          className="min-w-40 flex-1 lg:max-w-72"
        />
        <Button
          className="lg:hidden"
          aria-expanded={isOpen}
          icon={<ListFilter aria-hidden className="size-4" />}
          onClick={() => setOpen(!isOpen)}
        >
          {text.open(set)}
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
          isOpen || set > 0 ? "flex" : "hidden",
        )}
      >
        <div className={classNames("flex-wrap gap-1.5 lg:flex", isOpen ? "flex" : "hidden")}>
          <StatusChips search={search} change={change} />
        </div>
        <SetChips {...props} change={drop} />
        {set > 0 ? (
          <Button size="small" look="quiet" onClick={() => drop(withoutFilters(search))}>
            {text.clear}
          </Button>
        ) : null}
      </div>
    </section>
  );
}

function Choices({
  search,
  change,
  names: { connections, knowsConnections, personId },
}: FilterBarProps) {
  const { connection, actor } = search;
  const isListed = connections.some(({ id }) => id === connection);
  return (
    <>
      <RangeFilter search={search} change={change} />
      <Select
        aria-label={text.connection}
        className="sm:w-44"
        value={connection ?? ""}
        onChange={({ target }) => change(changed(search, { connection: target.value }))}
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
      <Select
        aria-label={text.surface}
        className="sm:w-44"
        value={search.surface ?? ""}
        onChange={({ target }) => {
          const surface =
            target.value === "" ? undefined : (target.value as "rest" | "mcp" | "job");
          change(changed(search, { surface }));
        }}
      >
        <option value="">{text.anySurface}</option>
        <option value="rest">{text.surfaces.rest}</option>
        <option value="mcp">{text.surfaces.mcp}</option>
        <option value="job">{text.surfaces.job}</option>
      </Select>
      <Select
        aria-label={text.actor}
        className="sm:w-36"
        value={actor === personId ? "me" : ""}
        onChange={({ target }) =>
          change(changed(search, { actor: target.value === "me" ? personId : undefined }))
        }
      >
        <option value="">{text.anyActor}</option>
        <option value="me">{text.me}</option>
      </Select>
    </>
  );
}

function StatusChips({ search, change }: Pick<FilterBarProps, "search" | "change">) {
  const chosen = statusesOf(search);
  return (
    <fieldset className="contents">
      <legend className="sr-only">{text.status}</legend>
      {statuses.map((status) => {
        const isChosen = chosen.includes(status);
        const next = isChosen ? chosen.filter((each) => each !== status) : [...chosen, status];
        return (
          <ChoiceChip
            key={status}
            chosen={isChosen}
            toggle={() => change(changed(search, { status: next.join(",") }))}
          >
            {words.status.execution[status]}
          </ChoiceChip>
        );
      })}
    </fieldset>
  );
}

/** Filters that no control above shows. */
function SetChips({ search, change, names }: FilterBarProps) {
  const { tool, actor } = search;
  const { data } = useQuery({ ...toolQuery(tool ?? ""), enabled: tool !== undefined });
  const ofTool = data ? text.tool(plainLine(data.title ?? data.name, 60)) : text.oneTool;
  return (
    <>
      {tool === undefined ? null : (
        <SetChip
          label={text.remove(ofTool)}
          remove={() => change(changed(search, { tool: undefined }))}
        >
          {ofTool}
        </SetChip>
      )}
      {actor === undefined || actor === names.personId ? null : (
        <SetChip
          label={text.remove(names.whoIs(actor))}
          remove={() => change(changed(search, { actor: undefined }))}
        >
          {names.whoIs(actor)}
        </SetChip>
      )}
    </>
  );
}
