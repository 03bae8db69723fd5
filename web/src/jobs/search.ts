export type JobsSearch = {
  /** One state or several, separated by commas. */
  status?: string;
  tool?: string;
  /** A connection's id or slug. */
  connection?: string;
  /** A person's or a key's id. */
  actor?: string;
  /** `15m`, `1h`, `24h`, `7d`, or a date. */
  since?: string;
  until?: string;
};

const texts = ["status", "tool", "connection", "actor", "since", "until"] as const;

export function jobsSearch(search: Record<string, unknown>): JobsSearch {
  const found: JobsSearch = {};
  for (const name of texts) {
    const value = search[name];
    const text = typeof value === "number" || Array.isArray(value) ? String(value) : value;
    if (typeof text === "string" && text !== "") found[name] = text.slice(0, 100);
  }
  return found;
}
