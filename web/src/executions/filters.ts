import type { Execution, ExecutionStatus } from "../../../shared/contracts/executions";
import * as list from "../live-list/filters";
import { activitySearch, type ActivitySearch } from "./search";

export const statuses = [
  "running",
  "succeeded",
  "failed",
  "timed_out",
  "cancelled",
  "lost",
] as const satisfies readonly ExecutionStatus[];

/** What the list is narrowed to, with times as they were when it was asked for. */
export type Filters = list.ListFilters<ExecutionStatus> & {
  surface: Execution["surface"] | undefined;
  query: string;
};

export const filtersOf = (search: ActivitySearch, now: number): Filters => ({
  ...list.listFiltersOf(search, { statuses, now }),
  surface: search.surface,
  query: search.q?.trim() ?? "",
});

/** Whether the hub would list it: the same rule for what comes live. */
export const matches = (execution: Execution, filters: Filters): boolean =>
  list.fits(execution, { filters, prefix: "exe" }) &&
  (filters.surface === undefined || execution.surface === filters.surface) &&
  (filters.query === "" || execution.name.toLowerCase().includes(filters.query.toLowerCase()));

/** The search with some of it changed; undefined takes a part away. */
export const changed = (
  search: ActivitySearch,
  change: list.Change<ActivitySearch>,
): ActivitySearch => activitySearch({ ...search, ...change });

export const withoutSelected = (search: ActivitySearch): ActivitySearch =>
  changed(search, { selected: undefined });

export const withoutFilters = ({ selected }: ActivitySearch): ActivitySearch =>
  selected === undefined ? {} : { selected };

export const countFilters = (search: ActivitySearch): number =>
  list.countSet(withoutSelected(search));

export const listKeyOf = (search: ActivitySearch): string =>
  list.listKeyOf(withoutSelected(search));
