import { expect, it } from "vitest";
import { costOf, secondsOf } from "./policy-draft";

it("reads seconds, where nothing and 0 mean never", () => {
  expect(secondsOf(" 60 ")).toEqual({ value: 60 });
  expect(secondsOf("")).toEqual({ value: null });
  expect(secondsOf("0")).toEqual({ value: null });
  for (const wrong of ["-1", "1.5", "soon", "604801"])
    expect(secondsOf(wrong)).toHaveProperty("fault");
});

it("reads a cost, which may be 0 but not nothing", () => {
  expect(costOf("0")).toEqual({ value: 0 });
  expect(costOf("1000000")).toEqual({ value: 1_000_000 });
  for (const wrong of ["", "-1", "1000001", "x"]) expect(costOf(wrong)).toHaveProperty("fault");
});
