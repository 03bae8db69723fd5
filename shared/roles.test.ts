import { expect, it } from "vitest";
import { may, roles, type Permission } from "./roles";

const allowed: Record<Permission, readonly string[]> = {
  "connections.read": ["owner", "admin", "operator", "member", "viewer"],
  "tools.read": ["owner", "admin", "operator", "member", "viewer"],
  "executions.read": ["owner", "admin", "operator", "member", "viewer"],
  "tools.call": ["owner", "admin", "operator", "member"],
  "connections.write": ["owner", "admin"],
  "tools.write": ["owner", "admin"],
  "audit.read": ["owner", "admin", "operator"],
};

it.each(Object.entries(allowed))("%s is for %j", (permission, who) => {
  expect(roles.filter((role) => may(role, permission as Permission))).toEqual(who);
});
