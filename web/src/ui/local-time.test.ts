import { expect, it } from "vitest";
import { isoText, localText } from "./local-time";

it("a time goes into the browser's field and comes back as it was", () => {
  const at = "2026-11-21T09:30:00.000Z";
  expect(localText(at)).toMatch(/^2026-11-2\dT\d\d:\d\d$/);
  expect(isoText(localText(at))).toBe(at);
});

it("no time is an empty field, and so is what is no time", () => {
  expect(localText(undefined)).toBe("");
  expect(localText("24h")).toBe("");
  expect(isoText("")).toBeUndefined();
});
