import { describe, expect, it } from "vitest";
import { draftOf, faultOf, toSet } from "./draft";
import { levelOf } from "./level";
import { limitsSearch } from "./search";

describe("how near a limit is", () => {
  const level = (used: number, limit = 100) => levelOf({ used, limit, remaining: limit - used });
  it("is warned of from four fifths on", () => {
    expect([0, 79, 80, 99, 100].map((used) => level(used))).toEqual([
      "plenty",
      "plenty",
      "nearly",
      "nearly",
      "gone",
    ]);
  });
  it("is no matter where there is no limit", () => {
    expect(level(5, 0)).toBe("plenty");
  });
});

describe("a limit as it is typed", () => {
  it("sets what is written, 0 for none, and leaves the rest to the plan", () => {
    const draft = { ...draftOf(), perMinute: " 30 ", perDay: "0" };
    expect(toSet(draft)).toEqual({ perMinute: 30, perDay: 0, budgetPerDay: null });
    expect(draftOf({ perMinute: 30, perDay: null, budgetPerDay: 5 })).toEqual({
      perMinute: "30",
      perDay: "",
      budgetPerDay: "5",
    });
  });
  it("is refused where it is no whole number, too large, or nothing", () => {
    for (const wrong of ["-1", "1.5", "1e3", "many", "1000000001"])
      expect([wrong, typeof faultOf(wrong)]).toEqual([wrong, "string"]);
    expect(toSet({ ...draftOf(), perDay: "x" })).toBeUndefined();
    expect(toSet(draftOf())).toBeUndefined();
  });
});

it("reads from the address only what it knows", () => {
  expect(limitsSearch({ scope: "tool", window: "day", more: 1 })).toEqual({
    scope: "tool",
    window: "day",
  });
  expect(limitsSearch({ scope: "team", window: "week" })).toEqual({});
});
