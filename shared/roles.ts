/** The roles every team has. A team adds its own, made of the same permissions. */
export const roles = ["owner", "admin", "operator", "member", "viewer"] as const;
export type Role = (typeof roles)[number];

/** What can be done in a team. Roles, API keys and AI clients' tokens are all sets of these. */
export const permissions = [
  "connections.read",
  "connections.write",
  "connections.own",
  "secrets.read",
  "secrets.write",
  "tools.read",
  "tools.write",
  "tools.call",
  "executions.read",
  "executions.manage",
  "audit.read",
  "keys.write",
  "keys.manage",
  "clients.manage",
  "members.read",
  "members.manage",
  "roles.manage",
  "team.manage",
  "team.delete",
] as const;
export type Permission = (typeof permissions)[number];

export const isPermission = (name: string): name is Permission =>
  (permissions as readonly string[]).includes(name);

const look: readonly Permission[] = [
  "connections.read",
  "tools.read",
  "executions.read",
  "members.read",
];
const run: readonly Permission[] = [...look, "tools.call", "keys.write", "connections.own"];
const operate: readonly Permission[] = [...run, "executions.manage", "audit.read", "secrets.read"];
const configure: readonly Permission[] = [
  ...operate,
  "connections.write",
  "secrets.write",
  "tools.write",
  "keys.manage",
  "clients.manage",
  "members.manage",
  "roles.manage",
  "team.manage",
];

const granted: Record<Role, ReadonlySet<Permission>> = {
  owner: new Set(permissions),
  admin: new Set(configure),
  operator: new Set(operate),
  member: new Set(run),
  viewer: new Set(look),
};

export const isBuiltInRole = (role: string): role is Role => Object.hasOwn(granted, role);

/** What a role every team has may do. */
export function permissionsOf(role: Role): ReadonlySet<Permission> {
  return granted[role];
}

/**
 * Scopes an AI client can be granted at `/mcp`: looking is what any access needs, calling is asked for beside it. They
 * are permissions, so what a token may do is what its person may do and its scopes name.
 */
export const clientScopes = ["tools.read", "tools.call"] as const satisfies readonly Permission[];
export type ClientScope = (typeof clientScopes)[number];
