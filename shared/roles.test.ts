import { expect, it } from "vitest";
import { may, permissionsOf, roles, type Permission } from "./roles";

const allowed: Record<Permission, readonly string[]> = {
  "connections.read": ["owner", "admin", "operator", "member", "viewer"],
  "tools.read": ["owner", "admin", "operator", "member", "viewer"],
  "executions.read": ["owner", "admin", "operator", "member", "viewer"],
  "tools.call": ["owner", "admin", "operator", "member"],
  "connections.write": ["owner", "admin"],
  "tools.write": ["owner", "admin"],
  "audit.read": ["owner", "admin", "operator"],
  "keys.write": ["owner", "admin", "operator", "member"],
  "keys.manage": ["owner", "admin"],
};

it.each(Object.entries(allowed))("%s is for %j", (permission, who) => {
  expect(roles.filter((role) => may(role, permission as Permission))).toEqual(who);
  expect(roles.filter((role) => permissionsOf(role).includes(permission as Permission))).toEqual(
    who,
  );
});
