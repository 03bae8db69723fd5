import { sha256Hex } from "../platform/encoding";

const pinned = ["name", "title", "description", "inputSchema", "outputSchema", "annotations"];

/** What a person accepts when a tool is connected. Key order and what no model reads (icons, `_meta`) do not count. */
export function definitionHash(definition: Record<string, unknown>): Promise<string> {
  const kept = Object.fromEntries(pinned.map((key) => [key, definition[key] ?? null]));
  return sha256Hex(JSON.stringify(sorted(kept)));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  // A list of pairs, since an object would lose a key named `__proto__`; wrapped, since arrays are lists too.
  return { pairs: entries.map(([key, child]) => [key, sorted(child)]) };
}
