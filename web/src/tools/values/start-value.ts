import type { JsonObject } from "../../../../shared/json";
import { fieldOf } from "../schema/field";
import { own } from "../schema/json";

const deepest = 3;

/**
 * What a form starts with: the required values a schema leaves no choice about. Defaults of optional fields are left
 * out, as the server fills them in itself.
 */
export function startValue(root: JsonObject, schema: unknown, depth = 0): unknown {
  const field = fieldOf(root, schema);
  if (field.default !== undefined) return field.default;
  switch (field.kind) {
    case "choice": {
      const [only, ...others] = field.options;
      return others.length === 0 ? only?.value : undefined;
    }
    case "object": {
      if (depth > deepest) return undefined;
      const entries = field.properties
        .filter(({ required }) => required)
        .map(({ name, schema }): [string, unknown] => [name, startValue(root, schema, depth + 1)]);
      return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
    }
    case "list":
      return depth > deepest ? undefined : startItems(root, field, depth);
    case "choices":
      return [];
    case "variants":
      return startValue(root, field.variants[0]?.schema ?? true, depth + 1);
    case "null":
      return null;
    case "text":
    case "number":
    case "boolean":
    case "json":
    case "never":
      return undefined;
  }
}

function startItems(
  root: JsonObject,
  list: { places: readonly unknown[]; item: unknown; items: { min: number | undefined } },
  depth: number,
): unknown[] {
  const count = Math.max(list.places.length, Math.min(list.items.min ?? 0, 10));
  return Array.from({ length: count }, (_, at) => startItem(root, itemSchema(list, at), depth + 1));
}

/** What somebody has just added: something to fill in. */
export function startItem(root: JsonObject, schema: unknown, depth = 0): unknown {
  const value = startValue(root, schema, depth);
  const field = fieldOf(root, schema);
  if (field.kind === "list" && Array.isArray(value) && value.length === 0)
    return depth < deepest && field.item !== false && field.items.max !== 0
      ? [startItem(root, field.item, depth + 1)]
      : value;
  if (value !== undefined) return value;
  if (field.kind === "variants" && depth < deepest)
    return startItem(root, field.variants[0]?.schema ?? true, depth + 1);
  return field.kind === "text" ? "" : null;
}

export const itemSchema = (
  list: { places: readonly unknown[]; item: unknown },
  at: number,
): unknown => (at < list.places.length ? list.places[at] : list.item);

/** The value in the shape of another variant: what both know is kept. */
export function reshaped(root: JsonObject, schema: unknown, value: unknown): unknown {
  const start = startValue(root, schema, 1);
  const field = fieldOf(root, schema);
  if (field.kind !== "object" || typeof value !== "object" || value === null) return start;
  if (Array.isArray(value)) return start;
  const kept = field.properties.flatMap(({ name }): [string, unknown][] => {
    const known = own(value as JsonObject, name);
    return known === undefined ? [] : [[name, known]];
  });
  return { ...Object.fromEntries(kept), ...(start as JsonObject | undefined) };
}
