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
/** Those that speak MCP. */
export type AiClientId = Exclude<ClientId, "rest">;

/** `connection` is a slug. Where nothing is said of signing in, it is with one's account. */
export type ClientsSearch = { client?: ClientId; connection?: string; signIn?: "key" };

const slug = /^[a-z0-9-]{1,100}$/;

export function clientsSearch(search: Record<string, unknown>): ClientsSearch {
  const client = clientIds.find((id) => id === search["client"]);
  const { connection: asked } = search;
  const connection = typeof asked === "number" ? String(asked) : asked;
  return {
    ...(client === undefined ? {} : { client }),
    ...(typeof connection === "string" && slug.test(connection) ? { connection } : {}),
    ...(search["signIn"] === "key" ? { signIn: "key" } : {}),
  };
}
