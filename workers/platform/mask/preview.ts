import { keySays, type KeySays } from "./keys";
import { maskText, type Masking } from "./text";
import { mask, namedBeside } from "./value";

/** Behind the place where a string is cut, an address or a number may have lost what it is known by. */
const unsure = 100;

/**
 * The beginning of what `maskValue` makes of a JSON value, as JSON text, and whether anything was replaced in it. However
 * large the value is, no more of it is read than that beginning needs.
 */
export function maskedPreview(
  value: unknown,
  { masking, characters }: { masking: Masking; characters: number },
): { text: string; masked: boolean } {
  let text = "";
  let masked = false;
  const isFull = () => text.length >= characters;

  function write(part: unknown, says: KeySays): void {
    if (Array.isArray(part)) writeItems(part, says);
    else if (typeof part === "object" && part !== null)
      writeFields(part as Record<string, unknown>, says);
    else {
      const begun = typeof part === "string" ? beginningOf(part) : part;
      const shown = mask(begun, { masking, says, depth: 0 });
      if (shown !== begun) masked = true;
      text += JSON.stringify(begun === part ? shown : sureOf(shown)) ?? "null";
    }
  }

  function writeItems(items: unknown[], says: KeySays): void {
    text += "[";
    for (let at = 0; at < items.length && !isFull(); at++) {
      if (at > 0) text += ",";
      write(items[at], says);
    }
    text += "]";
  }

  function writeFields(object: Record<string, unknown>, says: KeySays): void {
    const ofValue = namedBeside(object);
    let before = "{";
    for (const key of Object.keys(object)) {
      if (isFull()) break;
      const value = object[key];
      if (value === undefined) continue;
      const own = (key === ofValue?.key ? ofValue.says : undefined) ?? keySays(key);
      const begun = beginningOf(key);
      const name = own === undefined ? maskText(begun, masking) : begun;
      if (name !== begun) masked = true;
      text += `${before}${JSON.stringify(begun === key ? name : sureOf(name))}:`;
      write(value, own ?? says);
      before = ",";
    }
    text += before === "{" ? "{}" : "}";
  }

  /** What is found in it may be shorter than it was, so a good deal more is read than can be shown. */
  const beginningOf = (long: string): string =>
    long.length > characters * 2 ? long.slice(0, characters * 2) : long;

  write(value, undefined);
  return { text: text.slice(0, characters), masked };
}

/** Of a string that was cut and masked, what cannot be half of something. */
function sureOf(cut: unknown): unknown {
  return typeof cut === "string" && !cut.endsWith("]") ? cut.slice(0, -unsure) : cut;
}
