import { expect, it } from "vitest";
import { fieldOf } from "../schema/field";
import { fromLocal, isDate, toLocal } from "./date-time";
import { hintsOf, kindOf } from "./hints";
import { emptied, labelOf } from "./label";

it.each<[object, string, string[]]>([
  [{ type: "string", minLength: 3, maxLength: 80 }, "text", ["3 to 80 characters"]],
  [{ type: "string", format: "email" }, "email address", []],
  [{ type: "integer", minimum: 1, default: 10 }, "whole number", ["1 or more", "Unless told: 10"]],
  [
    { type: "number", exclusiveMinimum: 0, multipleOf: 0.25 },
    "number",
    ["more than 0", "a multiple of 0.25"],
  ],
  [
    { type: "array", minItems: 1, maxItems: 1, uniqueItems: true },
    "list",
    ["1 item", "each item once"],
  ],
  [
    { type: "string", pattern: "^a\u202e", examples: ["x", 2] },
    "text",
    ["has the form ^a\ufffd", "Such as x, 2"],
  ],
  [{ type: "boolean", readOnly: true }, "yes or no", ["set by the server"]],
])("%j is told in words", (schema, kind, hints) => {
  const field = fieldOf({}, schema);
  expect(kindOf(field)).toBe(kind);
  expect(hintsOf(field)).toEqual(hints);
});

it("names a field by its title, or else by its name", () => {
  expect(labelOf(fieldOf({}, { title: "Name" }), "n")).toBe("Name");
  expect(labelOf(fieldOf({}, { title: "" }), "n\u202e")).toBe("n\ufffd");
});

it("leaves an emptied field out, except from a list", () => {
  expect(emptied([{ key: "a", kept: true }])).toBeUndefined();
  expect(emptied([{ key: 0, kept: true }])).toBe("");
});

it("shows a time in UTC by the local clock and sends it in UTC again", () => {
  const text = "2026-03-01T09:30:00Z";
  expect(fromLocal(toLocal(text) ?? "")).toBe(text);
  expect(toLocal("2026-03-01T09:30:00+02:00")).toBeUndefined();
  expect(toLocal("2026-99-01T09:30:00Z")).toBeUndefined();
  expect(fromLocal("")).toBe("");
  expect(isDate("2026-03-01")).toBe(true);
  expect(isDate("tomorrow")).toBe(false);
});
