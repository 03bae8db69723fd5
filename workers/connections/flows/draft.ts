/** What is to become of a sign-in: the connection to make, or the one to reconnect. Nothing of it is secret. */
export type FlowDraft = {
  connector: string;
  method: string;
  /** Null where a connection is reconnected in place. */
  name: string | null;
  /** Of an MCP server. */
  config: { url: string; transport: "auto" | "http" | "sse" } | null;
  params: Record<string, string>;
  scopes: string[];
  owner: "team" | "person";
  reconnects: string | null;
};
