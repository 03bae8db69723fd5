import { isObject, type JsonObject } from "../../../../shared/json";
import { own, ownList, sameJson } from "./json";

const higher = new Set(["minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"]);
const lower = new Set(["maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"]);
const maps = new Set(["properties", "patternProperties", "$defs", "definitions"]);
const schemas = new Set(["items", "additionalProperties", "unevaluatedProperties"]);

/** Both schemas at once, as `allOf` means it, as far as a form shows the difference. Words of `a` win. */
export function merged(a: JsonObject, b: JsonObject): JsonObject {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return Object.fromEntries(
    [...keys].map((key) => {
      if (!Object.hasOwn(b, key)) return [key, a[key]];
      if (!Object.hasOwn(a, key)) return [key, b[key]];
      return [key, both(key, a[key], b[key])];
    }),
  );
}

function both(key: string, a: unknown, b: unknown): unknown {
  if (sameJson(a, b)) return a;
  if (typeof a === "number" && typeof b === "number") {
    if (higher.has(key)) return Math.max(a, b);
    if (lower.has(key)) return Math.min(a, b);
  }
  if (maps.has(key) && isObject(a) && isObject(b)) return mergedMaps(a, b);
  if (schemas.has(key)) return bothSchemas(a, b);
  if (key === "required") return [...new Set([...listOf(a), ...listOf(b)])];
  if (key === "enum")
    return listOf(a).filter((value) => listOf(b).some((other) => sameJson(value, other)));
  if (key === "type") return commonTypes(a, b);
  // Two of them at once cannot be picked from: the second is a rule beside the form.
  if (key === "oneOf" || key === "anyOf") return a;
  return a;
}

const listOf = (value: unknown): readonly unknown[] => ownList({ value }, "value");

function mergedMaps(a: JsonObject, b: JsonObject): JsonObject {
  return Object.fromEntries(
    [...new Set([...Object.keys(a), ...Object.keys(b)])].map((name) => {
      const [first, second] = [own(a, name), own(b, name)];
      if (first === undefined) return [name, second];
      return [name, second === undefined ? first : bothSchemas(first, second)];
    }),
  );
}

function bothSchemas(a: unknown, b: unknown): unknown {
  if (a === false || b === false) return false;
  if (a === true) return b;
  return b === true ? a : { allOf: [a, b] };
}

export const typesOf = (type: unknown): string[] =>
  (Array.isArray(type) ? type : [type]).filter((name) => typeof name === "string");

function commonTypes(a: unknown, b: unknown): unknown {
  const [first, second] = [typesOf(a), typesOf(b)];
  const common = first.flatMap((name) => {
    if (second.includes(name)) return [name];
    if (name === "number" && second.includes("integer")) return ["integer"];
    return name === "integer" && second.includes("number") ? ["integer"] : [];
  });
  return common.length === 1 ? common[0] : common;
}
