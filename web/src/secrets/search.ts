export type SecretsSearch = { q?: string };

export function secretsSearch({ q }: Record<string, unknown>): SecretsSearch {
  const text = typeof q === "number" ? String(q) : q;
  return typeof text === "string" && text !== "" ? { q: text.slice(0, 100) } : {};
}
