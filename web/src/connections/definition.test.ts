import { expect, it } from "vitest";
import { definitionLines } from "./definition";

const tool = { name: "pay", inputSchema: { type: "object", properties: { to: {}, sum: {} } } };

it("is the same in whatever order its keys stand", () =>
  expect(
    definitionLines({
      inputSchema: { properties: { sum: {}, to: {} }, type: "object" },
      name: "pay",
    }),
  ).toEqual(definitionLines(tool)));

it.each<[string, object]>([
  ["fields that are null", { outputSchema: null, description: null }],
  ["empty annotations", { annotations: {} }],
  ["icons and the like", { icons: [{ src: "data:," }], _meta: { build: 7 } }],
])("leaves out %s", (_, more) =>
  expect(definitionLines({ ...tool, ...more })).toEqual(definitionLines(tool)),
);

it("takes the title from where the server gives it", () =>
  expect(definitionLines({ ...tool, annotations: { title: "Pay" } })).toContain(
    '  "title": "Pay",',
  ));

it.each([
  ["a zero-width space", "\u200b", "\\u{200b}"],
  ["a turned direction", "\u202e", "\\u{202e}"],
  ["tag characters", "\u{e0041}", "\\u{e0041}"],
  ["a variation selector", "\ufe0f", "\\u{fe0f}"],
])("spells out %s", (_, hidden, spelled) =>
  expect(definitionLines({ name: `p${hidden}ay` }).join("")).toContain(`p${spelled}ay`),
);

it("keeps a key named __proto__", () =>
  expect(
    definitionLines({ inputSchema: JSON.parse('{"__proto__":{"x":1}}') as object }).join(""),
  ).toContain("__proto__"));
