/** How the keys of the queries begin. Invalidating one reaches all that begin with it. */
export const queryKeys = {
  me: ["me"],
  account: ["account"],
  team: ["team"],
  /** What changes a member may change how many have a role. */
  members: ["team", "members"],
  invitations: ["team", "invitations"],
  roles: ["team", "roles"],
  apiKeys: ["api-keys"],
  secrets: ["secrets"],
  notices: ["notices"],
  grants: ["client-grants"],
  machines: ["machine-clients"],
  audit: ["audit"],
  clients: ["clients"],
  connections: ["connections"],
  /** What changes a connection may change its tools. */
  tools: ["connections", "tools"],
  connectors: ["connectors"],
  /** An app that comes or goes changes what its connector says of it. */
  oauthApps: ["connectors", "apps"],
  connectFlow: ["connect-flow"],
  executions: ["executions"],
  jobs: ["jobs"],
  limits: ["limits"],
} as const;
