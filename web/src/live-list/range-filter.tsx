import { Input, Select } from "../ui/field";
import { isoText, localText } from "../ui/local-time";
import type { Change } from "./filters";

type Bounds = { since?: string; until?: string };

type RangeFilterProps<Range extends string> = {
  search: Bounds;
  set: (change: Change<Bounds>) => void;
  /** How long each lasts that can be chosen by its name. */
  ranges: Record<Range, number>;
  /** Of them the one that a range of one's own begins as. */
  first: Range;
  say: Record<"range" | "anyTime" | "custom" | "from" | "to", string> & {
    ranges: Record<Range, string>;
  };
  /** Where the bar is one line, so wide are they. */
  wide: { choice: string; bound: string };
};

const minute = 60_000;

export function RangeFilter<Range extends string>({
  search: { since, until },
  set,
  ranges,
  first,
  say,
  wide,
}: RangeFilterProps<Range>) {
  const isNamed = since !== undefined && Object.hasOwn(ranges, since);
  const isCustom = (since !== undefined && !isNamed) || until !== undefined;
  const choose = (value: string) => {
    if (value !== "custom") return set({ since: value, until: undefined });
    const from = Math.floor(Date.now() / minute) * minute - ranges[first];
    set({ since: new Date(from).toISOString() });
  };
  return (
    <>
      <Select
        aria-label={say.range}
        className={wide.choice}
        value={isCustom ? "custom" : (since ?? "")}
        onChange={({ target }) => choose(target.value)}
      >
        <option value="">{say.anyTime}</option>
        {(Object.keys(ranges) as Range[]).map((range) => (
          <option key={range} value={range}>
            {say.ranges[range]}
          </option>
        ))}
        <option value="custom">{say.custom}</option>
      </Select>
      {isCustom ? (
        <>
          <Input
            type="datetime-local"
            aria-label={say.from}
            className={`col-span-2 ${wide.bound}`}
            value={localText(since)}
            onChange={({ target }) => set({ since: isoText(target.value) })}
          />
          <Input
            type="datetime-local"
            aria-label={say.to}
            className={`col-span-2 ${wide.bound}`}
            value={localText(until)}
            onChange={({ target }) => set({ until: isoText(target.value) })}
          />
        </>
      ) : null}
    </>
  );
}
