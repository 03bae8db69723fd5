import { expect, it } from "vitest";
import type { JsonObject } from "../../../../shared/json";
import { fieldOf } from "./field";
import { largeSchema } from "./large-schema";

const root = largeSchema();

/** Every field there is, as if all were opened; and how deep they stand. */
function opened(schema: unknown, depth = 0): { fields: number; depth: number } {
  const field = fieldOf(root, schema);
  const below =
    field.kind === "object"
      ? field.properties.map((property) => property.schema)
      : field.kind === "list"
        ? [field.item]
        : field.kind === "variants"
          ? field.variants.map((variant) => variant.schema)
          : [];
  return below
    .map((child) => opened(child, depth + 1))
    .reduce(
      (sum, one) => ({ fields: sum.fields + one.fields, depth: Math.max(sum.depth, one.depth) }),
      { fields: 1, depth },
    );
}

const msOf = (work: () => unknown): number => {
  const begun = performance.now();
  work();
  return performance.now() - begun;
};

it("is as large as the largest there are", () => {
  expect(JSON.stringify(root).length).toBeGreaterThan(40_000);
  const { fields, depth } = opened(root);
  expect(fields).toBeGreaterThan(299);
  expect(depth).toBeGreaterThanOrEqual(12);
});

it("becomes a form at once, and wholly opened soon", () => {
  opened(root);
  expect(msOf(() => fieldOf(root, root))).toBeLessThan(50);
  expect(msOf(() => opened(root))).toBeLessThan(200);
});

it("costs no more with a thousand fields than what is shown of them", () => {
  const wide: JsonObject = {
    properties: Object.fromEntries(Array.from({ length: 1000 }, (_, at) => [`field${at}`, root])),
  };
  expect(msOf(() => fieldOf(wide, wide))).toBeLessThan(50);
});
