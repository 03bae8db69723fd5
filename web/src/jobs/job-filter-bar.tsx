import { useQuery } from "@tanstack/react-query";
import { ListFilter } from "lucide-react";
import { useRef, useState } from "react";
import { RangeFilter } from "../executions/range-filter";
import type { Names } from "../executions/use-names";
import { toolQuery } from "../tools/queries";
import { Button } from "../ui/button";
import { ChoiceChip, SetChip } from "../ui/chip";
import { classNames } from "../ui/class-names";
import { Select } from "../ui/field";
import { plainLine } from "../ui/foreign";
import { words } from "../words";
import { jobs as say } from "../words/jobs";
import { changed, countFilters, statuses, statusesOf } from "./filters";
import { jobsSearch, type JobsSearch } from "./search";

type FilterBarProps = {
  search: JobsSearch;
  change: (search: JobsSearch) => void;
  names: Names;
};

const text = words.activity.filters;

export function JobFilterBar(props: FilterBarProps) {
  const { search, change } = props;
  const [isOpen, setOpen] = useState(false);
  const set = countFilters(search);
  // What takes a filter away goes with it: the focus stays in the bar.
  const bar = useRef<HTMLElement>(null);
  const drop = (next: JobsSearch) => {
    change(next);
    bar.current?.focus();
  };
  return (
    <section
      ref={bar}
      tabIndex={-1}
      aria-label={say.filters.title}
      className="flex flex-wrap items-center gap-x-4 gap-y-3 outline-none"
    >
      <Button
        className="lg:hidden"
        aria-expanded={isOpen}
        icon={<ListFilter aria-hidden className="size-4" />}
        onClick={() => setOpen(!isOpen)}
      >
        {say.filters.open(set)}
      </Button>
      <div
        className={classNames(
          "w-full flex-wrap items-center gap-2 lg:flex lg:w-auto",
          isOpen ? "grid grid-cols-2 sm:flex" : "hidden",
        )}
      >
        <Choices {...props} />
      </div>
      <div
        className={classNames("flex-wrap items-center gap-1.5 lg:flex", isOpen ? "flex" : "hidden")}
      >
        <StatusChips search={search} change={change} />
      </div>
      <SetChips {...props} change={drop} />
      {set > 0 ? (
        <Button size="small" look="quiet" onClick={() => drop({})}>
          {say.filters.clear}
        </Button>
      ) : null}
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
      <RangeFilter search={search} change={(next) => change(jobsSearch(next))} />
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
        aria-label={text.actor}
        className="sm:w-36"
        value={actor !== undefined && actor === personId ? "me" : ""}
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
            {say.status[status]}
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
