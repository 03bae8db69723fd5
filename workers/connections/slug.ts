const maxLength = 20;

/** Addresses under `/api/v1/connections` that are no connection. */
export const reservedSlugs = ["export", "import"] as const;

/** The short name of a connection in tool names and addresses: `[a-z0-9-]`, never empty, no `__`. */
export function slugOf(name: string): string {
  const slug = name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, maxLength)
    .replace(/^-+|-+$/g, "");
  return slug === "" ? "connection" : slug;
}

/** The slug itself where it is free, else with the lowest number that is. */
export function freeSlug(wanted: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wanted)) return wanted;
  for (let number = 2; ; number++) {
    const ending = `-${number}`;
    const slug = `${wanted.slice(0, maxLength - ending.length).replace(/-+$/, "")}${ending}`;
    if (!taken.has(slug)) return slug;
  }
}
