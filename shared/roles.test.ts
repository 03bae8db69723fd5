import { expect, it } from "vitest";
import { permissions, permissionsOf, roles, type Permission } from "./roles";

const everybody = ["owner", "admin", "operator", "member", "viewer"];
const allowed: Record<Permission, readonly string[]> = {
  "connections.read": everybody,
  "tools.read": everybody,
  "executions.read": everybody,
  "executions.manage": ["owner", "admin", "operator"],
  "members.read": everybody,
  "tools.call": ["owner", "admin", "operator", "member"],
  "keys.write": ["owner", "admin", "operator", "member"],
  "connections.own": ["owner", "admin", "operator", "member"],
  "secrets.read": ["owner", "admin", "operator"],
  "secrets.write": ["owner", "admin"],
  "audit.read": ["owner", "admin", "operator"],
  "connections.write": ["owner", "admin"],
  "tools.write": ["owner", "admin"],
  "keys.manage": ["owner", "admin"],
  "clients.manage": ["owner", "admin"],
  "members.manage": ["owner", "admin"],
  "roles.manage": ["owner", "admin"],
  "team.manage": ["owner", "admin"],
  "team.delete": ["owner"],
};

it.each(permissions)("%s is for those it is meant for", (permission) => {
  expect(roles.filter((role) => permissionsOf(role).has(permission))).toEqual(allowed[permission]);
});
