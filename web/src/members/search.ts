export type MembersSearch = { q?: string; invite?: true };

export function membersSearch(search: Record<string, unknown>): MembersSearch {
  const { q } = search;
  const text = typeof q === "number" ? String(q) : q;
  return {
    ...(typeof text === "string" && text !== "" ? { q: text.slice(0, 100) } : {}),
    ...(search["invite"] === true ? { invite: true } : {}),
  };
}
