import { describe, expect, it } from "vitest";
import { bucketsIn, cover, mostInARow, mostPoints, unitFor, unitMs } from "./buckets";
import { middleOf, slotOf, within } from "./durations";

const now = Date.UTC(2026, 10, 21, 12, 34, 56);
const { minute, hour, day } = unitMs;

describe("the unit of a series", () => {
  it.each([
    { range: "an hour", since: now - hour, unit: "minute" },
    { range: "a day", since: now - day, unit: "hour" },
    { range: "a week", since: now - 7 * day, unit: "hour" },
    { range: "a month", since: now - 30 * day, unit: "day" },
    { range: "a year", since: now - 365 * day, unit: "day" },
  ])("is $unit for $range", ({ since, unit }) => {
    expect(unitFor({ since, until: now, now })).toBe(unit);
  });

  it("is one that is still kept", () => {
    const since = now - 3 * day;
    expect(unitFor({ since, until: since + hour, now })).toBe("hour");
    expect(unitFor({ since: now - 200 * day, until: now - 199 * day, now })).toBe("day");
  });

  it.each([
    { what: "a hundred years", since: now - 36_525 * day, until: now, field: "since" },
    { what: "no time at all", since: now, until: now, field: "since" },
    { what: "an end before its beginning", since: now, until: now - day, field: "since" },
    { what: "every minute of a day", since: now - day, until: now, unit: "minute", field: "unit" },
    {
      what: "minutes that are kept no more",
      since: now - 3 * day,
      until: now - 3 * day + hour,
      unit: "minute",
      field: "unit",
    },
  ] as const)("is refused for $what", ({ since, until, field, ...rest }) => {
    const unit = "unit" in rest ? rest.unit : undefined;
    expect(unitFor({ since, until, now }, unit)).toMatchObject({ field });
  });
});

describe("what covers a range", () => {
  const spans = [
    { since: now - 5 * minute, until: now },
    { since: now - day - 17 * minute, until: now },
    { since: now - 30 * day, until: now },
    { since: now - 2 * day - 30 * minute, until: now - 2 * day + 5 * minute },
    { since: now - 150 * day, until: now - 99 * day },
    { since: now - 399 * day, until: now + minute },
  ];

  it.each(spans)("has no gap, no overlap, and only what is kept: %o", (span) => {
    const found = cover({ ...span, now });
    let at = found[0]?.at ?? NaN;
    expect(at).toBeLessThanOrEqual(span.since);
    for (const bucket of found) {
      expect(bucket.at).toBe(at);
      if (bucket.unit === "minute") expect(now - bucket.at).toBeLessThanOrEqual(2 * day);
      if (bucket.unit === "hour") expect(now - bucket.at).toBeLessThanOrEqual(100 * day);
      at += unitMs[bucket.unit];
    }
    expect(at).toBeGreaterThanOrEqual(span.until);
    expect(found.length).toBeLessThan(mostPoints + 200);
  });

  it("is exact to the minute within two days", () => {
    const found = cover({ since: now - 26 * hour, until: now, now });
    expect((found[0]?.at ?? 0) + minute).toBeGreaterThan(now - 26 * hour);
  });
});

describe("times too large to be counted on by a minute", () => {
  const since = 1_180_591_620_717_411_303_424;
  const span = { since, until: since + 2 ** 30 };

  it("come to an end as a series", () => {
    expect(bucketsIn("minute", span).length).toBeLessThanOrEqual(mostInARow);
    expect(bucketsIn("minute", { since: 0, until: Infinity })).toHaveLength(mostInARow);
    expect(bucketsIn("minute", { since: NaN, until: now })).toEqual([]);
  });

  it("come to an end as what covers them", () => {
    for (const now of [0, since]) {
      expect(cover({ ...span, now }).length).toBeLessThan(mostPoints + 200);
      expect(cover({ since: 0, until: Infinity, now }).length).toBeLessThan(mostPoints + 200);
    }
  });
});

describe("durations", () => {
  it("are told within 7 % from a millisecond to a day", () => {
    for (let ms = 0; ms < day; ms = Math.ceil(ms * 1.013 + 0.5))
      expect(Math.abs(middleOf(slotOf(ms)) - ms)).toBeLessThanOrEqual(ms * 0.07);
  });

  it("are told as a share of all of them", () => {
    const durations = new Map([
      [slotOf(3), 90],
      [slotOf(9), 8],
      [slotOf(15), 2],
    ]);
    expect([0.5, 0.9, 0.95, 0.99].map((share) => within(share, durations))).toEqual([3, 3, 9, 15]);
    expect(within(0.5, new Map())).toBeNull();
  });
});
