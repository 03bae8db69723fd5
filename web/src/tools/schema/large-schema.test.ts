import { expect, it } from "vitest";
import type { JsonObject } from "../../../../shared/json";
import { countReads } from "./count-reads";
import { fieldOf } from "./field";
import { largeSchema } from "./large-schema";

const root = largeSchema();

/** Every field there is, as if all were opened; and how deep they stand. */
function opened(
  schema: unknown,
  depth = 0,
  from: JsonObject = root,
): { fields: number; depth: number } {
  const field = fieldOf(from, schema);
  const below =
    field.kind === "object"
      ? field.properties.map((property) => property.schema)
      : field.kind === "list"
        ? [field.item]
        : field.kind === "variants"
          ? field.variants.map((variant) => variant.schema)
          : [];
  return below
    .map((child) => opened(child, depth + 1, from))
    .reduce(
      (sum, one) => ({ fields: sum.fields + one.fields, depth: Math.max(sum.depth, one.depth) }),
      { fields: 1, depth },
    );
}

it("is as large as the largest there are", () => {
  expect(JSON.stringify(root).length).toBeGreaterThan(40_000);
  const { fields, depth } = opened(root);
  expect(fields).toBeGreaterThan(299);
  expect(depth).toBeGreaterThanOrEqual(12);
});

it("becomes a form at once, and wholly opened soon", () => {
  const { fields } = opened(root);
  const wholly = countReads(root, (watched) => opened(watched, 0, watched));
  const atFirst = countReads(root, (watched) => fieldOf(watched, watched));
  expect(atFirst).toBeLessThan(100);
  expect(wholly).toBeLessThan(fields * 50);
});

it("costs no more with a thousand fields than what is shown of them", () => {
  const wide: JsonObject = {
    properties: Object.fromEntries(Array.from({ length: 1000 }, (_, at) => [`field${at}`, root])),
  };
  const reads = countReads(wide, (watched) => fieldOf(watched, watched));
  expect(reads).toBeLessThan(10_000);
});
