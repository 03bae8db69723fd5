import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Windows, type Limit } from "./admission";
import { limitHeaders } from "./headers";
import { windowMs } from "./sliding-log";

const start = 1_800_000_000_000;
const person = (limit: number, subject = "per_1"): Limit => ({
  name: "person",
  subject,
  limit,
  window: "minute",
});
const connection = (limit: number, subject = "con_1"): Limit => ({
  name: "connection",
  subject,
  limit,
  window: "minute",
});
const daily = (limit: number, subject = "per_1"): Limit => ({
  name: "person",
  subject,
  limit,
  window: "day",
});
const budget = (limit: number, cost: number): Limit => ({
  name: "tool",
  subject: "tool_1",
  limit,
  window: "budget",
  cost,
});
const dayMs = 86_400_000;
const midnight = Math.ceil(start / dayMs) * dayMs;

describe("spend", () => {
  it("tells what is left of each limit", () => {
    const windows = new Windows();
    windows.spend([person(5), connection(2)], start);
    expect(windows.spend([person(5), connection(2)], start)).toEqual({
      allowed: true,
      states: [
        { name: "person", window: "minute", limit: 5, remaining: 3, resetMs: windowMs },
        { name: "connection", window: "minute", limit: 2, remaining: 0, resetMs: windowMs },
      ],
      warnings: [],
    });
  });

  it.each([
    { order: "the used-up one last", limits: [person(5), connection(1)] },
    { order: "the used-up one first", limits: [connection(1), person(5)] },
  ])("spends none of any when one is used up ($order)", ({ limits }) => {
    const windows = new Windows();
    windows.spend([connection(1)], start);
    for (let i = 0; i < 20; i++) expect(windows.spend(limits, start).allowed).toBe(false);
    expect(windows.spend([person(5)], start)).toMatchObject({ states: [{ remaining: 4 }] });
  });

  it("says how long to wait for the limit that holds longest", () => {
    const windows = new Windows();
    windows.spend([person(1)], start);
    windows.spend([connection(1)], start + 30_000);
    expect(windows.spend([person(1), connection(1)], start + 40_000)).toEqual({
      allowed: false,
      exceeded: { name: "connection", window: "minute", limit: 1, remaining: 0, resetMs: 50_001 },
      warnings: [],
    });
  });

  it("keeps subjects apart, and admits without limits", () => {
    const windows = new Windows();
    expect(windows.spend([person(1)], start).allowed).toBe(true);
    expect(windows.spend([person(1, "per_2")], start).allowed).toBe(true);
    expect(windows.spend([person(1)], start).allowed).toBe(false);
    expect(windows.spend([], start)).toEqual({ allowed: true, states: [], warnings: [] });
  });

  it("takes a changed limit at once", () => {
    const windows = new Windows();
    for (let i = 0; i < 3; i++) windows.spend([person(3)], start);
    expect(windows.spend([person(2)], start).allowed).toBe(false);
    expect(windows.spend([person(4)], start)).toMatchObject({ states: [{ remaining: 0 }] });
  });
});

it("never admits more than the limit in any 60 seconds, whenever calls arrive", () => {
  const gaps = fc.array(
    fc.oneof(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 30_000 })),
    {
      minLength: 1,
      maxLength: 300,
    },
  );
  fc.assert(
    fc.property(gaps, fc.integer({ min: 1, max: 12 }), (between, limit) => {
      const windows = new Windows();
      const admitted: number[] = [];
      let now = start;
      for (const gap of between) {
        now += gap;
        const inWindow = admitted.filter((time) => time >= now - windowMs).length;
        const { allowed } = windows.spend([person(limit)], now);
        // Exact in both directions: no admission too many, no refusal without need.
        expect(allowed).toBe(inWindow < limit);
        if (allowed) admitted.push(now);
        if (gap % 7 === 0) windows.forgetIdle(now);
      }
    }),
    { numRuns: 300 },
  );
});

it("counts on from what it was rebuilt with", () => {
  const windows = new Windows();
  for (let i = 0; i < 3; i++) windows.restore("per_1", { at: start + i });
  expect(windows.spend([person(3)], start + 10)).toMatchObject({
    allowed: false,
    exceeded: { resetMs: windowMs + 1 - 10 },
  });
  expect(windows.spend([person(3)], start + windowMs + 1).allowed).toBe(true);
});

describe("limits of a day", () => {
  it("holds until midnight UTC, to the millisecond, and not longer", () => {
    const windows = new Windows();
    const evening = midnight - 1000;
    expect(windows.spend([daily(1)], evening)).toMatchObject({
      states: [{ window: "day", remaining: 0, resetMs: 1000 }],
    });
    expect(windows.spend([daily(1)], midnight - 1)).toEqual({
      allowed: false,
      exceeded: { name: "person", window: "day", limit: 1, remaining: 0, resetMs: 1 },
      warnings: [],
    });
    expect(windows.spend([daily(1)], midnight).allowed).toBe(true);
  });

  it("spends none of any when the day is used up, and none of the day when the minute is", () => {
    const windows = new Windows();
    windows.spend([daily(1)], start);
    for (let i = 0; i < 5; i++)
      expect(windows.spend([person(9), daily(1)], start).allowed).toBe(false);
    expect(windows.spend([person(9)], start)).toMatchObject({ states: [{ remaining: 8 }] });
    windows.spend([person(1, "per_2")], start);
    for (let i = 0; i < 5; i++) {
      const refused = windows.spend([daily(9, "per_2"), person(1, "per_2")], start);
      expect(refused).toMatchObject({ allowed: false, exceeded: { window: "minute" } });
    }
    expect(windows.look(daily(9, "per_2"), start).used).toBe(0);
  });

  it("takes of a budget what the call costs, and refuses what costs more than is left", () => {
    const windows = new Windows();
    expect(windows.spend([budget(10, 7)], start)).toMatchObject({ states: [{ remaining: 3 }] });
    expect(windows.spend([budget(10, 4)], start).allowed).toBe(false);
    expect(windows.spend([budget(10, 3)], start)).toMatchObject({ states: [{ remaining: 0 }] });
    expect(windows.spend([budget(10, 0)], start).allowed).toBe(true);
    expect(windows.spend([budget(10, 1)], start).allowed).toBe(false);
  });

  it("frees nothing when the clock is set back over midnight, nor when it comes again", () => {
    const stored = new Map<number, Map<string, number>>();
    const windows = new Windows((day) => new Map(stored.get(day)));
    const spend = (at: number) => {
      const { allowed } = windows.spend([daily(2)], at);
      const day = Math.floor(at / dayMs);
      const counts = stored.get(day) ?? new Map<string, number>();
      if (allowed) stored.set(day, counts.set("day:per_1", (counts.get("day:per_1") ?? 0) + 1));
      return allowed;
    };
    expect([spend(midnight - 2), spend(midnight - 1), spend(midnight - 1)]).toEqual([
      true,
      true,
      false,
    ]);
    expect(spend(midnight)).toBe(true);
    expect(spend(midnight - 60_000)).toBe(false);
    expect([spend(midnight + 1), spend(midnight + 2)]).toEqual([true, false]);
  });

  it("never admits more than the limit on any day, whenever calls arrive", () => {
    const gaps = fc.array(fc.integer({ min: 0, max: dayMs / 3 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(gaps, fc.integer({ min: 1, max: 5 }), (between, limit) => {
        const windows = new Windows();
        const admitted = new Map<number, number>();
        let now = start;
        for (const gap of between) {
          now += gap;
          const day = Math.floor(now / dayMs);
          const before = admitted.get(day) ?? 0;
          expect(windows.spend([daily(limit)], now).allowed).toBe(before < limit);
          admitted.set(day, Math.min(limit, before + 1));
          if (gap % 5 === 0) windows.forgetIdle(now);
        }
      }),
    );
  });
});

describe("warnings", () => {
  const warnedAt = (limit: number, costs: number[]) => {
    const windows = new Windows();
    return costs.map((cost) => {
      const spent = windows.spend([{ ...budget(limit, cost) }], start);
      const percents = spent.warnings.map(({ percent }) => percent);
      return spent.allowed ? percents : ["refused", ...percents];
    });
  };
  it.each([
    {
      sentence: "once at 80 % and once at the end",
      limit: 10,
      costs: Array<number>(10).fill(1),
      expected: [[], [], [], [], [], [], [], [80], [], [100]],
    },
    {
      sentence: "once where one call goes past both",
      limit: 10,
      costs: [5, 5],
      expected: [[], [100]],
    },
    {
      sentence: "at the end alone of a limit of one",
      limit: 1,
      costs: [1, 1],
      expected: [[100], ["refused"]],
    },
    {
      sentence: "at the first whole call past 80 %",
      limit: 9,
      costs: [7, 1, 1],
      expected: [[], [80], [100]],
    },
    {
      sentence: "for the first call that the rest does not pay for, and no other",
      limit: 100,
      costs: [30, 30, 30, 30, 30, 10, 1],
      expected: [[], [], [80], ["refused", 100], ["refused"], [100], ["refused"]],
    },
    {
      sentence: "for a call that costs more than there ever is",
      limit: 10,
      costs: [11, 11, 8],
      expected: [["refused", 100], ["refused"], [80]],
    },
    { sentence: "not for what costs nothing", limit: 10, costs: [8, 0], expected: [[80], []] },
  ])("$sentence", ({ limit, costs, expected }) => {
    expect(warnedAt(limit, costs)).toEqual(expected);
  });

  it("begins anew with each day, and tells what the call would have cost", () => {
    const windows = new Windows();
    const spend = (now: number) => windows.spend([person(9), budget(10, 7)], now);
    for (const day of [start, midnight]) {
      expect(spend(day)).toMatchObject({ allowed: true, warnings: [] });
      expect(spend(day)).toMatchObject({
        allowed: false,
        warnings: [{ subject: "tool_1", window: "budget", limit: 10, used: 7, unpaid: 7 }],
      });
      expect(spend(day)).toMatchObject({ allowed: false, warnings: [] });
    }
  });

  it("tells whose limit, and warns of no minute", () => {
    const windows = new Windows();
    expect(windows.spend([person(1), daily(1)], start)).toMatchObject({
      warnings: [
        { name: "person", subject: "per_1", window: "day", limit: 1, used: 1, percent: 100 },
      ],
    });
  });
});

describe("limitHeaders", () => {
  it("writes structured fields, seconds rounded up", () => {
    expect(
      limitHeaders([
        { name: "person", window: "minute", limit: 30, remaining: 12, resetMs: 60_000 },
        { name: "connection", window: "minute", limit: 100, remaining: 0, resetMs: 1001 },
        { name: "person", window: "day", limit: 500, remaining: 9, resetMs: 3_600_000 },
        { name: "tool", window: "budget", limit: 40, remaining: 35, resetMs: 3_600_000 },
      ]),
    ).toEqual({
      "ratelimit-policy":
        '"person";q=30;w=60, "connection";q=100;w=60, "person-day";q=500;w=86400, "tool-budget";q=40;w=86400',
      ratelimit:
        '"person";r=12;t=60, "connection";r=0;t=2, "person-day";r=9;t=3600, "tool-budget";r=35;t=3600',
    });
  });

  it("says nothing where there is no limit", () => {
    expect(limitHeaders([])).toEqual({});
  });
});
