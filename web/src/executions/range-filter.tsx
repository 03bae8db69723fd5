import { Input, Select } from "../ui/field";
import { isoText, localText } from "../ui/local-time";
import { words } from "../words";
import { changed, isRange, ranges, type Range } from "./filters";
import type { ActivitySearch } from "./search";

const text = words.activity.filters;
const minute = 60_000;

type RangeFilterProps = { search: ActivitySearch; change: (search: ActivitySearch) => void };

export function RangeFilter({ search, change }: RangeFilterProps) {
  const { since, until } = search;
  const isCustom = (since !== undefined && !isRange(since)) || until !== undefined;
  const choose = (value: string) => {
    if (value !== "custom") return change(changed(search, { since: value, until: undefined }));
    const anHourAgo = new Date(Math.floor(Date.now() / minute) * minute - ranges["1h"]);
    change(changed(search, { since: anHourAgo.toISOString() }));
  };
  return (
    <>
      <Select
        aria-label={text.range}
        className="sm:w-40"
        value={isCustom ? "custom" : (since ?? "")}
        onChange={({ target }) => choose(target.value)}
      >
        <option value="">{text.anyTime}</option>
        {(Object.keys(ranges) as Range[]).map((range) => (
          <option key={range} value={range}>
            {text.ranges[range]}
          </option>
        ))}
        <option value="custom">{text.custom}</option>
      </Select>
      {isCustom ? (
        <>
          <Input
            type="datetime-local"
            aria-label={text.from}
            className="col-span-2 sm:w-52"
            value={localText(since)}
            onChange={({ target }) => change(changed(search, { since: isoText(target.value) }))}
          />
          <Input
            type="datetime-local"
            aria-label={text.to}
            className="col-span-2 sm:w-52"
            value={localText(until)}
            onChange={({ target }) => change(changed(search, { until: isoText(target.value) }))}
          />
        </>
      ) : null}
    </>
  );
}
