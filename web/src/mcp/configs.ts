// What is pasted into the clients' own files, and the links they open by themselves.
import { reachOf } from "./endpoint";
import { base64, tomlKey, tomlString } from "./quoting";

export const keyPlaceholder = "YOUR_API_KEY";
export const keyVariable = "PLUGBOARD_API_KEY";

/**
 * Without a `key` the client signs in with its person's account. It is null where the reader has one already: a
 * placeholder stands in its place.
 */
export type Server = { name: string; endpoint: string; key?: string | null };

const pretty = (value: unknown): string => JSON.stringify(value, null, 2);

export const bearer = ({ key }: Server): string => `Bearer ${key ?? keyPlaceholder}`;
const headers = (server: Server) =>
  server.key === undefined ? {} : { headers: { Authorization: bearer(server) } };

/** The form most clients agree on. `url` is what the client calls the address. */
export const serversJson = (
  server: Server,
  url: "url" | "serverUrl" | "httpUrl",
  type?: "http",
): string =>
  pretty({
    mcpServers: {
      [server.name]: { ...(type && { type }), [url]: server.endpoint, ...headers(server) },
    },
  });

/** For a file that others read too: a key stays in the environment. */
export const sharedJson = ({ name, endpoint, key }: Server): string =>
  pretty({
    mcpServers: {
      [name]: {
        type: "http",
        url: endpoint,
        ...(key !== undefined && { headers: { Authorization: `Bearer \${${keyVariable}}` } }),
      },
    },
  });

/** For clients that only start programs: one that passes everything on, and signs in by itself where it has no key. */
export function bridgeJson(server: Server): string {
  const { name, endpoint, key } = server;
  const args = ["-y", "mcp-remote", endpoint];
  // The header has no space, and its value is in the environment: Windows splits arguments at spaces.
  if (key !== undefined) args.push("--header", "Authorization:${AUTH_HEADER}");
  if (reachOf(endpoint) === "unencrypted") args.push("--allow-http");
  const env = key === undefined ? {} : { env: { AUTH_HEADER: bearer(server) } };
  return pretty({ mcpServers: { [name]: { command: "npx", args, ...env } } });
}

export function cursorLink(server: Server): string {
  const config = base64(JSON.stringify({ url: server.endpoint, ...headers(server) }));
  return `cursor://anysphere.cursor-deeplink/mcp/install?name=${encodeURIComponent(server.name)}&config=${encodeURIComponent(config)}`;
}

const keyInput = {
  type: "promptString",
  id: "plugboard-key",
  description: "Plugboard API key",
  password: true,
};

/** A key that is not known here VS Code asks for once and keeps in its own secret storage. */
function vscodeServer({ endpoint, key }: Server) {
  if (key === undefined) return { type: "http", url: endpoint };
  const value = key === null ? `Bearer \${input:${keyInput.id}}` : `Bearer ${key}`;
  return { type: "http", url: endpoint, headers: { Authorization: value } };
}
const vscodeInputs = ({ key }: Server) => (key === null ? { inputs: [keyInput] } : {});

export const vscodeJson = (server: Server): string =>
  pretty({ ...vscodeInputs(server), servers: { [server.name]: vscodeServer(server) } });

export function vscodeLink(server: Server, scheme: "vscode" | "vscode-insiders"): string {
  const config = { name: server.name, ...vscodeInputs(server), ...vscodeServer(server) };
  return `${scheme}:mcp/install?${encodeURIComponent(JSON.stringify(config))}`;
}

export const codexToml = ({ name, endpoint, key }: Server): string =>
  [
    `[mcp_servers.${tomlKey(name)}]`,
    `url = ${tomlString(endpoint)}`,
    ...(key === undefined ? [] : [`bearer_token_env_var = ${tomlString(keyVariable)}`]),
  ].join("\n");
