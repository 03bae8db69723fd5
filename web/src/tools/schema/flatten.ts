import { isObject, type JsonObject } from "../../../../shared/json";
import { ownList } from "./json";
import { merged } from "./merge";
import { referenced } from "./references";

/** A rule beside what a form shows; `reference`: it leads to another document or nowhere. */
export type Unshown =
  | "condition"
  | "not"
  | "dependency"
  | "names"
  | "contains"
  | "choice"
  | "reference";

/** One level of a schema as a form reads it: its references followed and its `allOf` merged, its children untouched. */
export type Flat = { schema: JsonObject; unshown: readonly Unshown[] };

const mostMerged = 200;

const rules: Record<string, Unshown> = {
  if: "condition",
  not: "not",
  dependencies: "dependency",
  dependentSchemas: "dependency",
  dependentRequired: "dependency",
  propertyNames: "names",
  contains: "contains",
};

/** Undefined where nothing at all is allowed. */
export function flatten(root: JsonObject, schema: unknown): Flat | undefined {
  const followed = new Set<string>();
  const unshown = new Set<Unshown>();
  let result: JsonObject = {};
  const open: unknown[] = [schema];
  for (let count = 0; open.length > 0 && count < mostMerged; count += 1) {
    const next = open.pop();
    if (next === false) return undefined;
    if (!isObject(next)) continue;
    const { $ref, $dynamicRef, allOf, ...rest } = next;
    for (const key of Object.keys(rest)) {
      const rule = Object.hasOwn(rules, key) ? rules[key] : undefined;
      if (rule !== undefined) unshown.add(rule);
    }
    if (["oneOf", "anyOf"].some((key) => Object.hasOwn(rest, key) && Object.hasOwn(result, key)))
      unshown.add("choice");
    result = merged(result, rest);
    open.push(...ownList({ allOf }, "allOf").toReversed());
    for (const reference of [$ref, $dynamicRef]) {
      if (typeof reference !== "string" || followed.has(reference)) continue;
      followed.add(reference);
      const target = referenced(root, reference);
      if (target === undefined) unshown.add("reference");
      else open.push(target);
    }
  }
  if (open.length > 0) unshown.add("reference");
  return { schema: result, unshown: [...unshown] };
}
