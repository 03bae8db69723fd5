import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Windows, type Limit } from "./admission";
import { limitHeaders } from "./headers";
import { windowMs } from "./sliding-log";

const start = 1_800_000_000_000;
const person = (limit: number, subject = "per_1"): Limit => ({ name: "person", subject, limit });
const connection = (limit: number, subject = "con_1"): Limit => ({
  name: "connection",
  subject,
  limit,
});

describe("spend", () => {
  it("tells what is left of each limit", () => {
    const windows = new Windows();
    windows.spend([person(5), connection(2)], start);
    expect(windows.spend([person(5), connection(2)], start)).toEqual({
      allowed: true,
      states: [
        { name: "person", limit: 5, remaining: 3, resetMs: windowMs },
        { name: "connection", limit: 2, remaining: 0, resetMs: windowMs },
      ],
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
      exceeded: { name: "connection", limit: 1, remaining: 0, resetMs: 50_001 },
    });
  });

  it("keeps subjects apart, and admits without limits", () => {
    const windows = new Windows();
    expect(windows.spend([person(1)], start).allowed).toBe(true);
    expect(windows.spend([person(1, "per_2")], start).allowed).toBe(true);
    expect(windows.spend([person(1)], start).allowed).toBe(false);
    expect(windows.spend([], start)).toEqual({ allowed: true, states: [] });
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
  for (let i = 0; i < 3; i++) windows.restore("per_1", start + i);
  expect(windows.spend([person(3)], start + 10)).toMatchObject({
    allowed: false,
    exceeded: { resetMs: windowMs + 1 - 10 },
  });
  expect(windows.spend([person(3)], start + windowMs + 1).allowed).toBe(true);
});

describe("limitHeaders", () => {
  it("writes structured fields, seconds rounded up", () => {
    expect(
      limitHeaders([
        { name: "person", limit: 30, remaining: 12, resetMs: 60_000 },
        { name: "connection", limit: 100, remaining: 0, resetMs: 1001 },
      ]),
    ).toEqual({
      "ratelimit-policy": '"person";q=30;w=60, "connection";q=100;w=60',
      ratelimit: '"person";r=12;t=60, "connection";r=0;t=2',
    });
  });

  it("says nothing where there is no limit", () => {
    expect(limitHeaders([])).toEqual({});
  });
});
