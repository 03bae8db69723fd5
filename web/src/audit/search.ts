export type AuditSearch = {
  /** An action, or all of a kind: `connection.*`. */
  action?: string;
  person?: string;
  subject?: string;
  /** `24h`, `7d`, `30d`, or a date. */
  since?: string;
  until?: string;
  /** The entry that is open. */
  entry?: string;
};

const names = ["action", "person", "subject", "since", "until", "entry"] as const;

export function auditSearch(search: Record<string, unknown>): AuditSearch {
  const found: AuditSearch = {};
  for (const name of names) {
    const value = search[name];
    const text = typeof value === "number" ? String(value) : value;
    if (typeof text === "string" && text !== "") found[name] = text.slice(0, 100);
  }
  return found;
}

type Change = { [Name in keyof AuditSearch]: AuditSearch[Name] | undefined };

/** The search with some of it changed; undefined takes a part away. */
export const changed = (search: AuditSearch, change: Change): AuditSearch =>
  auditSearch({ ...search, ...change });

export const withoutEntry = (search: AuditSearch): AuditSearch =>
  changed(search, { entry: undefined });

export const hasFilters = (search: AuditSearch): boolean =>
  Object.keys(withoutEntry(search)).length > 0;
