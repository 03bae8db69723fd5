import type { LimitScope } from "./contracts/limits";
import type { Permission } from "./roles";

/** What it takes to set a limit, and to see it among those the team set. */
export const permissionForLimit = {
  team: "team.manage",
  member: "team.manage",
  person: "team.manage",
  key: "team.manage",
  connection: "connections.write",
  tool: "tools.write",
} as const satisfies Record<LimitScope, Permission>;
