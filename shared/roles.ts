export const roles = ["owner", "admin", "operator", "member", "viewer"] as const;
export type Role = (typeof roles)[number];

export const permissions = [
  "connections.read",
  "connections.write",
  "tools.read",
  "tools.write",
  "tools.call",
  "executions.read",
  "audit.read",
  "keys.write",
  "keys.manage",
] as const;
export type Permission = (typeof permissions)[number];

const look: readonly Permission[] = ["connections.read", "tools.read", "executions.read"];
const run: readonly Permission[] = [...look, "tools.call", "keys.write"];
const configure: readonly Permission[] = [
  ...run,
  "connections.write",
  "tools.write",
  "audit.read",
  "keys.manage",
];

const granted: Record<Role, ReadonlySet<Permission>> = {
  owner: new Set(configure),
  admin: new Set(configure),
  operator: new Set([...run, "audit.read"]),
  member: new Set(run),
  viewer: new Set(look),
};

export function may(role: Role, permission: Permission): boolean {
  return granted[role].has(permission);
}

export function permissionsOf(role: Role): Permission[] {
  return permissions.filter((permission) => may(role, permission));
}
