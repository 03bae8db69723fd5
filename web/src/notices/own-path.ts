/** A path of the dashboard as the router takes it; undefined for what is none. */
export function ownPath(
  path: string | null,
): { path: string; search: Record<string, string> } | undefined {
  if (path === null || !/^\/(?![/\\])/.test(path)) return undefined;
  const { origin, pathname, searchParams } = new URL(path, "http://hub");
  return origin === "http://hub"
    ? { path: pathname, search: Object.fromEntries(searchParams) }
    : undefined;
}
