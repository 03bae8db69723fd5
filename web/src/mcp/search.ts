export const clientIds = [
  "claude-code",
  "cursor",
  "vscode",
  "claude",
  "chatgpt",
  "codex",
  "gemini-cli",
  "windsurf",
  "json",
  "rest",
] as const;
export type ClientId = (typeof clientIds)[number];

/** `connection` is a slug. */
export type ClientsSearch = { client?: ClientId; connection?: string };

const slug = /^[a-z0-9-]{1,100}$/;

export function clientsSearch(search: Record<string, unknown>): ClientsSearch {
  const client = clientIds.find((id) => id === search["client"]);
  const { connection: asked } = search;
  const connection = typeof asked === "number" ? String(asked) : asked;
  return {
    ...(client === undefined ? {} : { client }),
    ...(typeof connection === "string" && slug.test(connection) ? { connection } : {}),
  };
}
