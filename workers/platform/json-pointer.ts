import { isObject } from "../../shared/json";

/** What stands at a JSON Pointer (RFC 6901); undefined where nothing does. */
export function valueAt(document: unknown, pointer: string): unknown {
  if (pointer === "") return document;
  let value = document;
  for (const step of pointer.slice(1).split("/")) {
    const key = step.replaceAll("~1", "/").replaceAll("~0", "~");
    if (Array.isArray(value)) value = /^(0|[1-9]\d*)$/.test(key) ? value[Number(key)] : undefined;
    else value = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  }
  return value;
}

/** A text or number that stands there, as text. */
export function textAt(document: unknown, pointer: string): string | undefined {
  const value = valueAt(document, pointer);
  if (typeof value === "number" && Number.isFinite(value)) return String(value);
  return typeof value === "string" && value !== "" ? value : undefined;
}

type Rule = {
  pointer: string;
  is?: "present" | "truthy" | "absent" | "empty" | undefined;
  equals?: string | number | boolean | undefined;
};

/** Whether an answer keeps all rules of a manifest's `successWhen`. A rule without a condition wants a value. */
export const keepsRules = (document: unknown, rules: readonly Rule[]): boolean =>
  rules.every(({ pointer, is = "present", equals }) => {
    const value = valueAt(document, pointer);
    if (equals !== undefined) return value === equals;
    const absent = value === undefined || value === null;
    if (is === "present") return !absent;
    if (is === "truthy") return Boolean(value);
    if (is === "absent") return absent;
    return absent || value === "" || (typeof value === "object" && Object.keys(value).length === 0);
  });
