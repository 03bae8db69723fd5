import fc from "fast-check";
import { expect, it } from "vitest";
import { lowestIdAt, newId } from "./ids";

const time = fc.integer({ min: 0, max: 2 ** 48 - 1 });

it("makes ids of a known form", () => {
  expect(newId("exe")).toMatch(/^exe_[0-9a-hjkmnp-tv-z]{26}$/);
});

it("never makes the same id twice, even in one millisecond", () => {
  const ids = new Set(Array.from({ length: 5000 }, () => newId("req", 1)));
  expect(ids.size).toBe(5000);
});

it("sorts ids by the millisecond they were made in", () => {
  fc.assert(
    fc.property(time, time, (a, b) => {
      fc.pre(a !== b);
      expect(newId("exe", a) < newId("exe", b)).toBe(a < b);
    }),
  );
});

it("bounds a range: every id of a moment or later is at least its lowest id, every earlier one below", () => {
  fc.assert(
    fc.property(time, time, (bound, made) => {
      expect(newId("exe", made) >= lowestIdAt("exe", bound)).toBe(made >= bound);
    }),
  );
});

it.each([
  { time: 2 ** 60, sentence: "a time beyond what ids can hold is above every id" },
  { time: 1e39, sentence: "so is one with forty digits" },
])("$sentence", ({ time: far }) => {
  expect(newId("exe", Date.now()) < lowestIdAt("exe", far)).toBe(true);
});

it("takes a time before 1970 as 1970", () => {
  expect(lowestIdAt("exe", -5)).toBe(lowestIdAt("exe", 0));
});
