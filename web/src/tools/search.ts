export type PlaygroundSearch = { q?: string; connection?: string; tab?: "json"; from?: string };

const text = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? value.slice(0, 200) : undefined;

/**
 * `q`: words to find tools by; `connection`: only its tools; `tab`: how the arguments are shown; `from`: the execution
 * whose arguments to begin with.
 */
export function playgroundSearch(search: Record<string, unknown>): PlaygroundSearch {
  // A number in the address is read as one.
  const q = text(typeof search["q"] === "number" ? String(search["q"]) : search["q"]);
  const connection = text(search["connection"]);
  const from = text(search["from"]);
  return {
    ...(q === undefined ? {} : { q }),
    ...(connection === undefined ? {} : { connection }),
    ...(search["tab"] === "json" ? { tab: "json" as const } : {}),
    ...(from === undefined ? {} : { from }),
  };
}
