import type { Execution, ExecutionStatus } from "../../../shared/contracts/executions";
import { lowestIdAt } from "../../../shared/ids";
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
export type Filters = {
  statuses: readonly ExecutionStatus[];
  connection: string | undefined;
  tool: string | undefined;
  surface: Execution["surface"] | undefined;
  actor: string | undefined;
  query: string;
  since: number | undefined;
  until: number | undefined;
};

export const ranges = { "15m": 900_000, "1h": 3_600_000, "24h": 86_400_000, "7d": 604_800_000 };
export type Range = keyof typeof ranges;

export const isRange = (since: string | undefined): since is Range =>
  since !== undefined && Object.hasOwn(ranges, since);

export function timeOf(text: string | undefined, now: number): number | undefined {
  if (text === undefined) return undefined;
  if (isRange(text)) return now - ranges[text];
  const time = /^\d+$/.test(text) ? Number(text) : Date.parse(text);
  return Number.isFinite(time) ? time : undefined;
}

export const statusesOf = ({ status = "" }: ActivitySearch): ExecutionStatus[] =>
  statuses.filter((each) => status.split(",").includes(each));

export const filtersOf = (search: ActivitySearch, now: number): Filters => ({
  statuses: statusesOf(search),
  connection: search.connection,
  tool: search.tool,
  surface: search.surface,
  actor: search.actor,
  query: search.q?.trim() ?? "",
  since: timeOf(search.since, now),
  until: timeOf(search.until, now),
});

/** Whether the hub would list it: the same rule for what comes live. */
export function matches(execution: Execution, filters: Filters): boolean {
  const { connection, tool, surface, actor, query, since, until } = filters;
  return (
    (filters.statuses.length === 0 || filters.statuses.includes(execution.status)) &&
    (connection === undefined ||
      execution.connectionId === connection ||
      execution.connectionSlug === connection) &&
    (tool === undefined || execution.toolId === tool) &&
    (surface === undefined || execution.surface === surface) &&
    (actor === undefined || execution.actor.id === actor || execution.actor.personId === actor) &&
    (query === "" || execution.name.toLowerCase().includes(query.toLowerCase())) &&
    (since === undefined || execution.id >= lowestIdAt("exe", since)) &&
    (until === undefined || execution.id < lowestIdAt("exe", until))
  );
}

/** The filters as the hub's list takes them. */
export function queryOf(filters: Filters): Record<string, string> {
  const { connection, tool, surface, actor, query, since, until } = filters;
  const asked = {
    status: filters.statuses.join(","),
    connection,
    tool,
    surface,
    actor,
    query,
    since,
    until,
  };
  return Object.fromEntries(
    Object.entries(asked).flatMap(([name, value]) =>
      value === undefined || value === "" ? [] : [[name, String(value)]],
    ),
  );
}

type SearchChange = { [Name in keyof ActivitySearch]: ActivitySearch[Name] | undefined };

/** The search with some of it changed; undefined takes a part away. */
export const changed = (search: ActivitySearch, change: SearchChange): ActivitySearch =>
  activitySearch({ ...search, ...change });

export const withoutSelected = (search: ActivitySearch): ActivitySearch =>
  changed(search, { selected: undefined });

export const withoutFilters = ({ selected }: ActivitySearch): ActivitySearch =>
  selected === undefined ? {} : { selected };

/** How many filters are set, a range of time as one. */
export function countFilters(search: ActivitySearch): number {
  const { since, until } = search;
  const isRange = since !== undefined && until !== undefined;
  return Object.keys(withoutSelected(search)).length - (isRange ? 1 : 0);
}

/** Two searches with the same key list the same. */
export const listKeyOf = (search: ActivitySearch): string =>
  JSON.stringify(
    Object.entries(withoutSelected(search)).sort(([one], [other]) => (one < other ? -1 : 1)),
  );
