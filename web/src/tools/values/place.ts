import { isObject, type JsonObject } from "../../../../shared/json";
import { own } from "../schema/json";

/** `kept`: what stands here is required, so it is not left out when it becomes empty. */
export type Step = { key: string | number; kept: boolean };
/** Where in the arguments a value stands. */
export type Place = readonly Step[];

/** The place as a JSON Pointer (RFC 6901). */
export const pointerOf = (place: Place): string =>
  place.map(({ key }) => `/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");

const childOf = (value: unknown, key: string | number): unknown => {
  if (Array.isArray(value)) return value[Number(key)];
  return isObject(value) ? own(value, String(key)) : undefined;
};

/**
 * The value with another one at a place; `undefined` takes it out, and with it what it leaves empty and is not kept.
 * What does not change keeps its identity.
 */
export function withValue(root: unknown, place: Place, value: unknown): unknown {
  const [step, ...rest] = place;
  if (!step) return value;
  const child = withValue(childOf(root, step.key), rest, value);
  const [left] = rest;
  const leave = rest.length > 0 && value === undefined && !step.kept && left && isEmpty(child);
  return withChild(root, step.key, leave ? undefined : child);
}

const isEmpty = (value: unknown): boolean => isObject(value) && Object.keys(value).length === 0;

function withChild(parent: unknown, key: string | number, value: unknown): unknown {
  if (typeof key === "number") {
    const items = Array.isArray(parent) ? parent : [];
    return value === undefined ? items.toSpliced(key, 1) : setItem(items, key, value);
  }
  const object = isObject(parent) ? parent : {};
  if (value !== undefined) return { ...object, [key]: value };
  return Object.hasOwn(object, key) ? without(object, key) : object;
}

const setItem = (items: readonly unknown[], at: number, value: unknown): unknown[] =>
  at < items.length
    ? items.with(at, value)
    : [...items, ...Array.from({ length: at - items.length }, () => null), value];

export const without = (object: JsonObject, key: string): JsonObject =>
  Object.fromEntries(Object.entries(object).filter(([name]) => name !== key));

/** The object with a key under another name, in the same position. */
export function renamed(object: JsonObject, key: string, name: string): JsonObject {
  return Object.fromEntries(
    Object.entries(object)
      .filter(([other]) => other === key || other !== name)
      .map(([other, value]) => [other === key ? name : other, value]),
  );
}
