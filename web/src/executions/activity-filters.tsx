import { FilterBar } from "../live-list/filter-bar";
import { Select } from "../ui/field";
import { SearchInput } from "../ui/search-input";
import { words } from "../words";
import { changed, statuses, withoutFilters, withoutSelected } from "./filters";
import type { ActivitySearch } from "./search";
import type { Names } from "./use-names";

const text = words.activity.filters;

export function ActivityFilters({
  search,
  change,
  names,
}: {
  search: ActivitySearch;
  change: (search: ActivitySearch) => void;
  names: Names;
}) {
  const set = (part: Parameters<typeof changed>[1]) => change(changed(search, part));
  return (
    <FilterBar
      search={withoutSelected(search)}
      set={set}
      clear={() => change(withoutFilters(search))}
      names={names}
      statuses={statuses}
      status={words.status.execution}
      searchInput={
        <SearchInput
          label={text.search}
          value={search.q ?? ""}
          onChange={(q) => set({ q })}
          className="min-w-40 flex-1 lg:max-w-72"
        />
      }
      more={
        <Select
          aria-label={text.surface}
          className="sm:w-44"
          value={search.surface ?? ""}
          onChange={({ target }) => {
            const surface =
              target.value === "" ? undefined : (target.value as "rest" | "mcp" | "job");
            set({ surface });
          }}
        >
          <option value="">{text.anySurface}</option>
          <option value="rest">{text.surfaces.rest}</option>
          <option value="mcp">{text.surfaces.mcp}</option>
          <option value="job">{text.surfaces.job}</option>
        </Select>
      }
    />
  );
}
