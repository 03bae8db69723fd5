import type { Permission } from "../../../shared/roles";
import type { Example, Kind } from "./example";

const limitOf = (permission: Permission, id: Kind): Example => ({
  permission,
  id,
  request: { body: { perMinute: 1 } },
});

export const limitExamples: Record<string, Example> = {
  "GET /api/v1/limits": { permission: "any" },
  "GET /api/v1/limits/usage": { permission: "executions.read" },
  "GET /api/v1/limits/settings": { permission: "any" },
  "PUT /api/v1/limits/settings/team/{id}": limitOf("team.manage", "team"),
  "DELETE /api/v1/limits/settings/team/{id}": { permission: "team.manage", id: "team" },
  "PUT /api/v1/limits/settings/member/{id}": limitOf("team.manage", "team"),
  "DELETE /api/v1/limits/settings/member/{id}": { permission: "team.manage", id: "team" },
  "PUT /api/v1/limits/settings/person/{id}": limitOf("team.manage", "person"),
  "DELETE /api/v1/limits/settings/person/{id}": { permission: "team.manage", id: "person" },
  "PUT /api/v1/limits/settings/key/{id}": limitOf("team.manage", "key"),
  "DELETE /api/v1/limits/settings/key/{id}": { permission: "team.manage", id: "key" },
  "PUT /api/v1/limits/settings/connection/{id}": limitOf("connections.write", "connection"),
  "DELETE /api/v1/limits/settings/connection/{id}": {
    permission: "connections.write",
    id: "connection",
  },
  "PUT /api/v1/limits/settings/tool/{id}": limitOf("tools.write", "tool"),
  "DELETE /api/v1/limits/settings/tool/{id}": { permission: "tools.write", id: "tool" },
};
