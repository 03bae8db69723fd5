import { isObject, type JsonObject } from "../../../../shared/json";

/** A key's own value: `constructor` and `__proto__` are names like any other. */
export const own = (object: JsonObject, key: string): unknown =>
  Object.hasOwn(object, key) ? object[key] : undefined;

export const ownObject = (object: JsonObject, key: string): JsonObject | undefined => {
  const value = own(object, key);
  return isObject(value) ? value : undefined;
};

export const ownText = (object: JsonObject, key: string): string | undefined => {
  const value = own(object, key);
  return typeof value === "string" ? value : undefined;
};

export const ownNumber = (object: JsonObject, key: string): number | undefined => {
  const value = own(object, key);
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
};

export const ownList = (object: JsonObject, key: string): readonly unknown[] => {
  const value = own(object, key);
  return Array.isArray(value) ? value : [];
};

/** Whether two JSON values are the same; keys may come in any order. Deeper than 50 levels nothing is. */
export function sameJson(a: unknown, b: unknown, depth = 0): boolean {
  if (Object.is(a, b)) return true;
  if (depth > 50) return false;
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, at) => sameJson(item, b[at], depth + 1));
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && sameJson(a[key], b[key], depth + 1))
  );
}
