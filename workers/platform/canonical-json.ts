/** The same text for the same value, in whatever order its keys stand. To compare and to hash; it is not read again. */
export const canonicalJson = (value: unknown): string => JSON.stringify(sorted(value));

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  // A list of pairs, since an object would lose a key named `__proto__`; wrapped, since arrays are lists too.
  return { pairs: entries.map(([key, child]) => [key, sorted(child)]) };
}
