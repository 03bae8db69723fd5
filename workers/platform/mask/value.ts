import { keySays, type KeySays } from "./keys";
import { isCard } from "./numbers";
import { maskText, secret, type Masking } from "./text";

const deepest = 600;

/**
 * A JSON value with what is found in its strings, and what stands under a name that says it is secret, replaced. The
 * value itself, not a copy, where nothing is.
 */
export function maskValue(value: unknown, masking: Masking): unknown {
  return mask(value, { masking, says: undefined, depth: 0 });
}

type Within = { masking: Masking; says: KeySays; depth: number };

export function mask(value: unknown, within: Within): unknown {
  if (typeof value === "string") return maskString(value, within);
  if (typeof value === "number") return maskNumber(value, within);
  if (typeof value !== "object" || value === null) return value;
  if (within.depth > deepest) return maskText(JSON.stringify(value), within.masking);
  return Array.isArray(value)
    ? maskItems(value, { ...within, depth: within.depth + 1 })
    : maskFields(value as Record<string, unknown>, within);
}

function maskString(text: string, { masking, says }: Within): string {
  if (says === "secret") return text === "" ? text : secret;
  if (masking === "all") {
    if (says === "phone" && digitsIn(text) >= 7) return "[phone]";
    if (says === "card" && digitsIn(text) >= 12) return "[card]";
  }
  return maskText(text, masking);
}

/** A number is a card's only as a whole number of as many digits. */
function maskNumber(number: number, { masking, says }: Within): unknown {
  if (says === "secret") return secret;
  if (masking !== "all" || number < 1_000_000 || !Number.isInteger(number)) return number;
  if (says === "phone") return "[phone]";
  return number > 1e12 && isCard(String(number)) ? "[card]" : number;
}

function maskItems(items: unknown[], within: Within): unknown[] {
  let copy: unknown[] | undefined;
  for (let at = 0; at < items.length; at++) {
    const masked = mask(items[at], within);
    if (masked !== items[at]) (copy ??= [...items])[at] = masked;
  }
  return copy ?? items;
}

function maskFields(object: Record<string, unknown>, { masking, says, depth }: Within): unknown {
  let changed: Map<string, [string, unknown]> | undefined;
  const keys = Object.keys(object);
  const ofValue = namedBeside(object);
  for (const key of keys) {
    const value = object[key];
    const own = (key === ofValue?.key ? ofValue.says : undefined) ?? keySays(key);
    const masked = mask(value, { masking, says: own ?? says, depth: depth + 1 });
    // Where a table is kept by address or by card, its keys say what its values may not.
    const name = own === undefined && key.length > 6 ? maskText(key, masking) : key;
    if (masked !== value || name !== key) (changed ??= new Map()).set(key, [name, masked]);
  }
  if (!changed) return object;
  const fields = new Map<string, unknown>();
  for (const key of keys) {
    const [name, value] = changed.get(key) ?? [key, object[key]];
    fields.set(fields.has(name) ? `${name} ${fields.size + 1}` : name, value);
  }
  return Object.fromEntries(fields);
}

/** What stands beside a value and names it, as in a list of headers or variables. */
export function namedBeside(
  object: Record<string, unknown>,
): { key: string; says: KeySays } | undefined {
  const key = "value" in object ? "value" : "Value" in object ? "Value" : undefined;
  if (key === undefined) return undefined;
  for (const label of labels) {
    const name = object[label];
    if (typeof name !== "string") continue;
    const says = keySays(name);
    if (says !== undefined) return { key, says };
  }
  return undefined;
}

const labels = ["name", "Name", "key", "Key", "header", "variable"];

const digitsIn = (text: string): number => text.replace(/\D/g, "").length;
