/** How the keys of the queries begin. Invalidating one reaches all that begin with it. */
export const queryKeys = {
  me: ["me"],
  apiKeys: ["api-keys"],
  clients: ["clients"],
  connections: ["connections"],
  /** What changes a connection may change its tools. */
  tools: ["connections", "tools"],
  executions: ["executions"],
} as const;
