import type { Schema } from "@cfworker/json-schema";
import { isObject, type JsonObject } from "../connectors";
import { patternCost } from "./pattern-cost";

/** What of the arguments decides how long a check can take. */
export type Size = { depth: number; longestText: number; mostItems: number; mostKeys: number };

/** Thrown out of a check that would take too long. */
export class TooCostly extends Error {}

// About a microsecond each.
const maxSteps = 200_000;
const stepsAtOnce = 100;
const formats = new Set(
  "date time date-time duration uri uri-reference uri-template email hostname ipv4 ipv6 regex uuid json-pointer json-pointer-uri-fragment relative-json-pointer".split(
    " ",
  ),
);

const notSchemas = ["const", "enum", "default", "examples", "required", "dependentRequired"];
const maps = [
  "properties",
  "patternProperties",
  "$defs",
  "definitions",
  "dependentSchemas",
  "dependencies",
];

/**
 * A copy of a schema that counts the work of the validator that reads it. Schemas come from servers nobody vouches
 * for: references that fan out, a pattern or `uniqueItems` can keep an isolate busy for ever. The validator reads each
 * keyword of a schema once for every value it holds against it, so the keywords that cost are getters here, and throw
 * `TooCostly` once the steps allowed since `begin` are used up.
 */
export function boundedSchema(schema: JsonObject): { schema: Schema; begin: (size: Size) => void } {
  let left = maxSteps;
  let size: Size = { depth: 0, longestText: 0, mostItems: 0, mostKeys: 0 };

  function spend(steps: number): void {
    left -= steps;
    if (left < 0) throw new TooCostly();
  }

  function copyOf(node: unknown): unknown {
    if (Array.isArray(node)) return node.map(copyOf);
    if (!isObject(node)) return node;
    const copy: JsonObject = {};
    let breadth = 0;
    for (const [key, value] of Object.entries(node)) {
      if (Array.isArray(value)) breadth += value.length;
      if (isObject(value)) breadth += Object.keys(value).length;
      define(copy, key, keyword(key, value));
    }
    const each = 1 + breadth / stepsAtOnce;
    // Read for every schema, with or without a reference in it.
    define(copy, "$ref", {
      enumerable: Object.hasOwn(node, "$ref"),
      get: () => {
        spend(each + size.mostKeys / stepsAtOnce);
        return node["$ref"];
      },
    });
    return copy;
  }

  function keyword(key: string, value: unknown): PropertyDescriptor {
    if (key === "pattern" && typeof value === "string") {
      const cost = patternCost(value);
      return getter(value, () => cost(size.longestText) / stepsAtOnce);
    }
    if (key === "uniqueItems") return getter(value, () => size.mostItems ** 2 / 20);
    if (key === "minLength" || key === "maxLength")
      return getter(value, () => size.longestText / 200);
    if (key === "enum" && Array.isArray(value)) return getter(value, () => value.length / 10);
    if (key === "format") return { value: formats.has(String(value)) ? value : undefined };
    if (key === "patternProperties" && isObject(value)) {
      const costs = Object.keys(value).map(patternCost);
      return getter(mapOf(value), () =>
        costs.reduce(
          (sum, cost) => sum + (cost(size.longestText) * size.mostKeys) / stepsAtOnce,
          0,
        ),
      );
    }
    if (notSchemas.includes(key)) return { value };
    return { value: maps.includes(key) && isObject(value) ? mapOf(value) : copyOf(value) };
  }

  function getter(value: unknown, steps: () => number): PropertyDescriptor {
    return {
      get: () => {
        spend(steps());
        return value;
      },
    };
  }

  /** Its keys are names, whatever they look like. */
  function mapOf(schemas: JsonObject): JsonObject {
    return Object.fromEntries(
      Object.entries(schemas).map(([name, child]) => [name, copyOf(child)]),
    );
  }

  return {
    schema: copyOf(schema) as Schema,
    begin: (of) => {
      size = of;
      left = maxSteps;
    },
  };
}

function define(copy: JsonObject, key: string, descriptor: PropertyDescriptor): void {
  Object.defineProperty(copy, key, { enumerable: true, configurable: true, ...descriptor });
}

/** Not recursive: the arguments may nest deeper than the stack. */
export function sizeOf(value: unknown): Size {
  const size: Size = { depth: 0, longestText: 0, mostItems: 0, mostKeys: 0 };
  const open: { value: unknown; depth: number }[] = [{ value, depth: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value: node, depth } = next;
    if (typeof node === "string") size.longestText = Math.max(size.longestText, node.length);
    if (typeof node !== "object" || node === null) continue;
    size.depth = Math.max(size.depth, depth + 1);
    if (Array.isArray(node)) size.mostItems = Math.max(size.mostItems, node.length);
    else {
      const keys = Object.keys(node);
      size.mostKeys = Math.max(size.mostKeys, keys.length);
      for (const key of keys) size.longestText = Math.max(size.longestText, key.length);
    }
    for (const child of Object.values(node)) open.push({ value: child, depth: depth + 1 });
  }
  return size;
}
