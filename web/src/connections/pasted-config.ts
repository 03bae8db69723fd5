import { isObject, type JsonObject } from "../../../shared/json";
import { rowFor, type HeaderRow } from "./header-rows";

export type PastedConfig =
  | { kind: "server"; name?: string; url: string; transport: "auto" | "sse"; headers: HeaderRow[] }
  | { kind: "command" }
  | { kind: "several"; names: string[] }
  | { kind: "unreadable" };

/** The lists of servers that AI clients and editors write. */
const lists = ["mcpServers", "servers", "context_servers"];

/** Reads the configuration of an AI client. Undefined where the text is none, such as an address. */
export function readPastedConfig(text: string): PastedConfig | undefined {
  if (!/^\s*(\{|"[^"]*"\s*:)/.test(text)) return undefined;
  const config = parse(text);
  if (!config) return { kind: "unreadable" };
  const list = lists.map((key) => config[key]).find(isObject);
  if (list) return oneOf(list);
  return serverOf(config) ?? oneOf(config);
}

/** A snippet is often cut out of its braces, or ends in the comma of its place. */
function parse(text: string): JsonObject | undefined {
  const cut = text.trim().replace(/,$/, "");
  for (const candidate of [cut, `{${cut}}`]) {
    try {
      const value: unknown = JSON.parse(candidate);
      if (isObject(value)) return value;
    } catch {
      continue;
    }
  }
  return undefined;
}

function oneOf(list: JsonObject): PastedConfig {
  const servers = Object.entries(list).flatMap(([name, entry]) => {
    const server = isObject(entry) ? serverOf(entry) : undefined;
    return server ? [{ name, server }] : [];
  });
  const remote = servers.filter(({ server }) => server.kind === "server");
  if (remote.length > 1) return { kind: "several", names: remote.map(({ name }) => name) };
  const [found] = remote.length === 1 ? remote : servers;
  if (!found) return { kind: "unreadable" };
  return found.server.kind === "server" ? { ...found.server, name: found.name } : found.server;
}

function serverOf(entry: JsonObject): PastedConfig | undefined {
  const url = entry["url"] ?? entry["serverUrl"] ?? entry["httpUrl"];
  if (typeof url !== "string")
    return entry["command"] === undefined ? undefined : { kind: "command" };
  const headers = isObject(entry["headers"]) ? Object.entries(entry["headers"]) : [];
  return {
    kind: "server",
    url,
    transport: entry["type"] === "sse" || entry["transport"] === "sse" ? "sse" : "auto",
    headers: headers.flatMap(([name, value]) =>
      typeof value === "string" ? [rowFor(name, value)] : [],
    ),
  };
}
