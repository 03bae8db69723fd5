export const roles = ["owner", "admin", "operator", "member", "viewer"] as const;
export type Role = (typeof roles)[number];

export type Permission =
  | "connections.read"
  | "connections.write"
  | "tools.read"
  | "tools.write"
  | "tools.call"
  | "executions.read"
  | "audit.read";

const look: readonly Permission[] = ["connections.read", "tools.read", "executions.read"];
const run: readonly Permission[] = [...look, "tools.call"];
const configure: readonly Permission[] = [...run, "connections.write", "tools.write", "audit.read"];

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
