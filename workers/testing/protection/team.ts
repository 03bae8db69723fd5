// The team, its members, invitations, roles and single sign-on.
import type { Example } from "./example";

export const teamExamples: Record<string, Example> = {
  "GET /api/v1/team": { permission: "any" },
  "PATCH /api/v1/team": {
    permission: "team.manage",
    request: { body: { name: "Taken over" } },
    harmless: { body: { name: "" } },
  },
  "DELETE /api/v1/team": { permission: "team.delete", request: { body: { name: "Another" } } },
  "GET /api/v1/members": { permission: "members.read", cursor: "person" },
  "PATCH /api/v1/members/{id}": {
    permission: "members.manage",
    id: "person",
    request: { body: { role: "viewer" } },
    body: { role: "role" },
  },
  "DELETE /api/v1/members/{id}": { permission: "members.manage", id: "person" },
  "GET /api/v1/invitations": { permission: "members.manage", cursor: "invitation" },
  "POST /api/v1/invitations": {
    permission: "members.manage",
    request: { body: { email: "somebody@example.com", role: "viewer" } },
    body: { email: "email", role: "role" },
    harmless: { body: { email: "nobody", role: "viewer" } },
  },
  "POST /api/v1/invitations/{id}/resend": { permission: "members.manage", id: "invitation" },
  "DELETE /api/v1/invitations/{id}": { permission: "members.manage", id: "invitation" },
  "GET /api/v1/roles": { permission: "members.read" },
  "POST /api/v1/roles": {
    permission: "roles.manage",
    request: { body: { name: "Taken over", permissions: ["tools.read"] } },
    harmless: { body: { name: "", permissions: ["tools.read"] } },
  },
  "PATCH /api/v1/roles/{id}": {
    permission: "roles.manage",
    id: "role",
    request: { body: { name: "Taken over" } },
  },
  "DELETE /api/v1/roles/{id}": { permission: "roles.manage", id: "role" },
  "GET /api/v1/team/sso": { permission: "team.manage" },
  "PUT /api/v1/team/sso": {
    permission: "team.manage",
    ownersOnly: true,
    request: {
      body: {
        issuer: "https://192.168.0.1",
        clientId: "plugboard",
        clientSecret: "secret",
        domain: "nowhere.example.com",
        defaultRole: "member",
      },
    },
    body: { defaultRole: "role" },
  },
  "DELETE /api/v1/team/sso": { permission: "team.manage" },
  "POST /api/v1/team/sso/verify-domain": { permission: "team.manage" },
  "GET /api/v1/me": { permission: "any" },
};
