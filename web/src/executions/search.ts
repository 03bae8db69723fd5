export type ActivitySearch = {
  /** One state or several, separated by commas. */
  status?: string;
  /** A connection's id or slug. */
  connection?: string;
  tool?: string;
  surface?: "rest" | "mcp" | "job";
  /** A person's or a key's id. */
  actor?: string;
  q?: string;
  /** `15m`, `1h`, `24h`, `7d`, or a date. */
  since?: string;
  until?: string;
  /** The execution whose details stand beside the list. */
  selected?: string;
};

const texts = ["status", "connection", "tool", "actor", "q", "since", "until", "selected"] as const;

export function activitySearch(search: Record<string, unknown>): ActivitySearch {
  const found: ActivitySearch = {};
  for (const name of texts) {
    const value = search[name];
    const text = typeof value === "number" || Array.isArray(value) ? String(value) : value;
    if (typeof text === "string" && text !== "") found[name] = text.slice(0, 100);
  }
  const { surface } = search;
  return surface === "rest" || surface === "mcp" || surface === "job"
    ? { ...found, surface }
    : found;
}
