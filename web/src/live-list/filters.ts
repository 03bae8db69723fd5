import { lowestIdAt, type IdPrefix } from "../../../shared/ids";

/** What both lists of calls, and of jobs, are narrowed by in the address. */
export type ListSearch = {
  /** One state or several, separated by commas. */
  status?: string;
  tool?: string;
  /** A connection's id or slug. */
  connection?: string;
  /** A person's or a key's id. */
  actor?: string;
  /** `15m`, `1h`, `24h`, `7d`, or a date. */
  since?: string;
  until?: string;
};

/** Undefined, or nothing, takes a part away. */
export type Change<Search> = { [Name in keyof Search]?: Search[Name] | undefined };

/** The same, with times as they were when it was asked for. */
export type ListFilters<Status extends string> = {
  statuses: readonly Status[];
  tool: string | undefined;
  connection: string | undefined;
  actor: string | undefined;
  since: number | undefined;
  until: number | undefined;
};

export const ranges = { "15m": 900_000, "1h": 3_600_000, "24h": 86_400_000, "7d": 604_800_000 };
type Range = keyof typeof ranges;

const isRange = (since: string | undefined): since is Range =>
  since !== undefined && Object.hasOwn(ranges, since);

function timeOf(text: string | undefined, now: number): number | undefined {
  if (text === undefined) return undefined;
  if (isRange(text)) return now - ranges[text];
  const time = /^\d+$/.test(text) ? Number(text) : Date.parse(text);
  return Number.isFinite(time) ? hubTime(time) : undefined;
}

/** The nearest time the hub takes: a year that is being typed is 2, 20 and 202 before it is 2026. */
export const hubTime = (time: number): number =>
  Math.min(Math.max(time, 100_000_000_000), 8_640_000_000_000_000);

/** The texts of these names in an address. */
export function textsIn<Name extends string>(
  search: Record<string, unknown>,
  names: readonly Name[],
): { [Each in Name]?: string } {
  const found: { [Each in Name]?: string } = {};
  for (const name of names) {
    const value = search[name];
    const text = typeof value === "number" || Array.isArray(value) ? String(value) : value;
    if (typeof text === "string" && text !== "") found[name] = text.slice(0, 100);
  }
  return found;
}

export const statusesIn = <Status extends string>(
  { status = "" }: ListSearch,
  statuses: readonly Status[],
): Status[] => statuses.filter((each) => status.split(",").includes(each));

export const listFiltersOf = <Status extends string>(
  search: ListSearch,
  { statuses, now }: { statuses: readonly Status[]; now: number },
): ListFilters<Status> => ({
  statuses: statusesIn(search, statuses),
  tool: search.tool,
  connection: search.connection,
  actor: search.actor,
  since: timeOf(search.since, now),
  until: timeOf(search.until, now),
});

type Row = {
  id: string;
  status: string;
  toolId: string | null;
  connectionId: string;
  connectionSlug: string;
  /** Who began it, where that is known. */
  actor?: { id: string; personId: string | null };
};

/** Whether the hub would list it: the same rule for what comes live. */
export function fits(
  row: Row,
  { filters, prefix }: { filters: ListFilters<string>; prefix: IdPrefix },
): boolean {
  const { statuses, tool, connection, actor, since, until } = filters;
  return (
    (statuses.length === 0 || statuses.includes(row.status)) &&
    (tool === undefined || row.toolId === tool) &&
    (connection === undefined ||
      row.connectionId === connection ||
      row.connectionSlug === connection) &&
    (actor === undefined ||
      row.actor === undefined ||
      row.actor.id === actor ||
      row.actor.personId === actor) &&
    (since === undefined || row.id >= lowestIdAt(prefix, since)) &&
    (until === undefined || row.id < lowestIdAt(prefix, until))
  );
}

/** The filters as the hub's list takes them. */
export const queryOf = ({
  statuses,
  ...others
}: Pick<ListFilters<string>, "statuses">): Record<string, string> =>
  Object.fromEntries(
    Object.entries({ status: statuses.join(","), ...others }).flatMap(([name, value]) =>
      value === undefined || value === "" ? [] : [[name, String(value as unknown)]],
    ),
  );

/** How many filters are set, a range of time as one. */
export const countSet = (search: ListSearch): number =>
  Object.keys(search).length - (search.since !== undefined && search.until !== undefined ? 1 : 0);

/** Two searches with the same key list the same. */
export const listKeyOf = (search: object): string =>
  JSON.stringify(Object.entries(search).sort(([one], [other]) => (one < other ? -1 : 1)));
