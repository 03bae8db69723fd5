import { describe, expect, it } from "vitest";
import { reshaped, startItem, startValue } from "./start-value";

describe("what a form starts with", () => {
  it.each<[string, object, unknown]>([
    ["nothing optional", { properties: { a: { type: "string", default: "x" } } }, {}],
    [
      "the defaults of what is required",
      { properties: { a: { default: 3 } }, required: ["a"] },
      { a: 3 },
    ],
    [
      "what leaves no choice",
      { properties: { a: { const: "only" }, b: { enum: [1, 2] } }, required: ["a", "b"] },
      { a: "only" },
    ],
    [
      "required objects, to be filled in",
      { properties: { a: { properties: { b: {} }, required: ["b"] } }, required: ["a"] },
      { a: {} },
    ],
    [
      "as many items as are wanted",
      {
        properties: { a: { type: "array", items: { type: "string" }, minItems: 2 } },
        required: ["a"],
      },
      { a: ["", ""] },
    ],
    [
      "an end, where a schema requires itself",
      { properties: { a: { $ref: "#" } }, required: ["a"] },
      { a: { a: { a: {} } } },
    ],
  ])("%s", (_, schema, wanted) => {
    const root = { type: "object", ...schema };
    expect(startValue(root, root)).toMatchObject(wanted as object);
  });

  it("gives a new item something to fill in", () => {
    expect(startItem({}, { type: "string" })).toBe("");
    expect(startItem({}, { properties: {} })).toEqual({});
    expect(startItem({}, { type: "number" })).toBeNull();
    expect(startItem({}, { type: "array", items: { type: "string" } })).toEqual([""]);
    expect(startItem({}, { oneOf: [{ type: "string" }, { type: "object" }] })).toBe("");
  });

  it("keeps in another variant what both know, and not what names the first", () => {
    const schema = { properties: { type: { const: "b" }, shared: {} }, required: ["type"] };
    expect(reshaped(schema, schema, { type: "a", shared: 1, only: 2 })).toEqual({
      type: "b",
      shared: 1,
    });
  });
});
