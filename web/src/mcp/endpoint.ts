/** Who can call this address: programs on the same machine, any program that takes http, or the world as well. */
export type Reach = "this-machine" | "unencrypted" | "https";

export function reachOf(endpoint: string): Reach {
  const { protocol, hostname } = new URL(endpoint);
  if (/^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\])$/.test(hostname)) return "this-machine";
  return protocol === "https:" ? "https" : "unencrypted";
}

/** The MCP endpoint of everything, or of one connection. */
export const endpointOf = (origin: string, connection: string | undefined): string =>
  connection === undefined ? `${origin}/mcp` : `${origin}/mcp/c/${connection}`;

/** What a client lists the hub as. */
export const serverNameOf = (connection: string | undefined): string =>
  connection === undefined ? "plugboard" : `plugboard-${connection}`;
