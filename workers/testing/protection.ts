import type { Permission } from "../../shared/roles";
import type { TestRequest } from "./team";

/** What a request can name: ids for the most part, and what else stands for one thing. */
export const kinds = [
  "audit",
  "client",
  "connection",
  "email",
  "execution",
  "flow",
  "grant",
  "idempotencyKey",
  "invitation",
  "job",
  "key",
  "machine",
  "notice",
  "passkey",
  "person",
  "role",
  "secret",
  "secretName",
  "session",
  "team",
  "tool",
  "toolName",
] as const;
export type Kind = (typeof kinds)[number];
/** What of each kind a team has. */
export type Subjects = Record<Kind, string[]>;

/** An example request of one route, right in everything but who sends it. */
export type Example = {
  /** Undefined for what answers without signing in. */
  permission?: Permission | "any";
  /** The permission alone is not enough. */
  ownersOnly?: true;
  /** It is about the person who signed in, whatever team they are in, or in none. */
  person?: true;
  /** Taken from a session alone: keys and tokens are refused. */
  sessionOnly?: true;
  /** What it names belongs to one person: others of the team who may not manage it know nothing of it. */
  personal?: true;
  /** What it is sent is a proof of its own: one that fails is answered with 401. */
  proves?: true;
  /** Its answer holds what the caller named in earlier requests. */
  recalls?: true;
  /** Its answer is never the same twice. */
  varies?: true;
  /** It ends the session it is sent with, so nobody sends it with theirs. */
  endsSession?: true;
  /** What `{id}` stands for. */
  id?: Kind;
  /** Query parameters that name a thing. */
  query?: Record<string, Kind>;
  /** What the list's `cursor` names. */
  cursor?: Kind;
  /** Fields of the body that name a thing, as `field` or `outer.field`; where the example has a list, it stands in it. */
  body?: Record<string, Kind>;
  headers?: Record<string, Kind>;
  request?: TestRequest;
  /** What a caller who may send the request sends in its place, where it would make or end something. */
  harmless?: TestRequest;
};

const limitOf = (permission: Permission, id: Kind): Example => ({
  permission,
  id,
  request: { body: { perMinute: 1 } },
});
const nowhere = { url: "http://192.168.0.1/mcp" };

/**
 * Every route of the OpenAPI document has a row here. None of these requests changes anything when a caller who may
 * send it sends it with an id nobody has.
 */
export const examples: Record<string, Example> = {
  "GET /health/live": {},
  "GET /health/ready": {},
  "POST /api/auth/setup": {},
  "POST /api/auth/sign-in-links": {},
  "PUT /api/auth/plans": {
    request: { body: { team: "team_nobody", plan: "small" } },
    body: { team: "team" },
  },
  "POST /api/auth/sign-in": { request: { body: { token: "a".repeat(32) } } },
  "POST /api/auth/sign-out": { endsSession: true },
  "GET /api/auth/methods": {},
  "GET /api/auth/outbox": {},
  "POST /api/auth/sign-up/email": { request: { body: { name: "", email: "", password: "" } } },
  "POST /api/auth/sign-in/email": {
    request: { body: { email: "nobody@example.com", password: "wrong password" } },
    body: { email: "email" },
  },
  "POST /api/auth/sign-in/social": { request: { body: { provider: "nobody" } } },
  "POST /api/auth/sign-in/oauth2": { request: { body: { providerId: "nobody" } } },
  "GET /api/auth/callback/{provider}": {},
  "POST /api/auth/request-password-reset": { request: { body: { email: "nobody@example.com" } } },
  "POST /api/auth/reset-password": {
    request: { body: { token: "a".repeat(24), newPassword: "another password" } },
  },
  "POST /api/auth/send-verification-email": { request: { body: { email: "nobody@example.com" } } },
  "GET /api/auth/verify-email": {},
  "GET /api/auth/jwks": {},
  "POST /api/auth/two-factor/verify-totp": { request: { body: { code: "000000" } } },
  "POST /api/auth/two-factor/verify-backup-code": { request: { body: { code: "000000" } } },
  "GET /api/auth/passkey/generate-authenticate-options": {},
  "POST /api/auth/passkey/verify-authentication": { request: { body: { response: {} } } },
  "POST /api/auth/change-password": {
    permission: "any",
    person: true,
    sessionOnly: true,
    request: { body: { currentPassword: "wrong password", newPassword: "another password" } },
  },
  "POST /api/auth/change-email": {
    permission: "any",
    person: true,
    sessionOnly: true,
    request: { body: { newEmail: "nobody@example.com" } },
    body: { newEmail: "email" },
    harmless: { body: { newEmail: "" } },
  },
  "POST /api/auth/two-factor/enable": {
    permission: "any",
    person: true,
    sessionOnly: true,
    request: { body: { password: "wrong password" } },
    harmless: { body: { password: "" } },
  },
  "POST /api/auth/two-factor/disable": {
    permission: "any",
    person: true,
    sessionOnly: true,
    request: { body: { password: "wrong password" } },
    harmless: { body: { password: "" } },
  },
  "POST /api/auth/two-factor/generate-backup-codes": {
    permission: "any",
    person: true,
    sessionOnly: true,
    request: { body: { password: "wrong password" } },
    harmless: { body: { password: "" } },
  },
  "POST /api/auth/two-factor/get-totp-uri": {
    permission: "any",
    person: true,
    sessionOnly: true,
    request: { body: { password: "wrong password" } },
    harmless: { body: { password: "" } },
  },
  "GET /api/auth/passkey/generate-register-options": {
    permission: "any",
    person: true,
    sessionOnly: true,
  },
  "POST /api/auth/passkey/verify-registration": {
    permission: "any",
    person: true,
    sessionOnly: true,
    proves: true,
    request: { body: { response: {} } },
  },
  "GET /api/auth/passkey/list-user-passkeys": {
    permission: "any",
    person: true,
    sessionOnly: true,
  },
  "POST /api/auth/passkey/delete-passkey": {
    permission: "any",
    person: true,
    sessionOnly: true,
    personal: true,
    request: { body: { id: "pas_nobody" } },
    body: { id: "passkey" },
  },
  "POST /api/auth/passkey/update-passkey": {
    permission: "any",
    person: true,
    sessionOnly: true,
    personal: true,
    request: { body: { id: "pas_nobody", name: "Taken over" } },
    body: { id: "passkey" },
  },

  "GET /api/v1/account": { permission: "any", person: true, sessionOnly: true },
  "PATCH /api/v1/account": {
    permission: "any",
    person: true,
    sessionOnly: true,
    request: { body: { name: "Taken over" } },
    harmless: { body: {} },
  },
  "POST /api/v1/account/team": {
    permission: "any",
    person: true,
    sessionOnly: true,
    request: { body: { teamId: "team_nobody" } },
    body: { teamId: "team" },
  },
  "GET /api/v1/account/sessions": { permission: "any", person: true, sessionOnly: true },
  "DELETE /api/v1/account/sessions/{id}": {
    permission: "any",
    person: true,
    sessionOnly: true,
    personal: true,
    id: "session",
  },
  "POST /api/v1/account/sessions/end-others": {
    permission: "any",
    person: true,
    sessionOnly: true,
    endsSession: true,
  },
  "POST /api/v1/account/second-factor": {
    permission: "any",
    person: true,
    sessionOnly: true,
    request: { body: { code: "000000" } },
  },
  "POST /api/v1/account/password": {
    permission: "any",
    person: true,
    sessionOnly: true,
    request: { body: { newPassword: "another password" } },
    harmless: { body: { newPassword: "" } },
  },
  "POST /api/v1/account/email": {
    permission: "any",
    person: true,
    sessionOnly: true,
    request: { body: { email: "nobody@example.com" } },
    harmless: { body: { email: "" } },
    body: { email: "email" },
  },
  "POST /api/v1/account/access-token": { permission: "any" },

  "POST /api/auth/sso": {
    request: { body: { email: "somebody@nowhere.example.com" } },
    body: { email: "email" },
  },
  "GET /api/auth/sso/callback": {},

  "POST /api/auth/invitation": { request: { body: { token: "a".repeat(32) } } },
  "POST /api/auth/invitation/accept": {
    request: { body: { token: "a".repeat(32), name: "Nobody", password: "correct horse" } },
  },

  "GET /api/v1/account/invitations": { permission: "any", person: true, sessionOnly: true },
  "POST /api/v1/account/invitations": {
    permission: "any",
    person: true,
    sessionOnly: true,
    request: { body: { token: "a".repeat(32) } },
    harmless: { body: { token: "" } },
  },
  "POST /api/v1/account/invitations/{id}/accept": {
    permission: "any",
    person: true,
    sessionOnly: true,
    id: "invitation",
  },
  "POST /api/v1/teams": {
    permission: "any",
    person: true,
    sessionOnly: true,
    request: { body: { name: "New" } },
    harmless: { body: { name: "" } },
  },

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

  "POST /api/v1/api-keys": {
    permission: "keys.write",
    request: { body: { name: "Mine" } },
    harmless: { body: { name: "" } },
  },
  "GET /api/v1/api-keys": { permission: "any", cursor: "key" },
  "GET /api/v1/api-keys/{id}": { permission: "any", id: "key", personal: true },
  "PATCH /api/v1/api-keys/{id}": {
    permission: "keys.write",
    id: "key",
    personal: true,
    request: { body: { name: "Taken over" } },
  },
  "POST /api/v1/api-keys/{id}/rotate": {
    permission: "keys.write",
    id: "key",
    personal: true,
    request: { body: {} },
  },
  "DELETE /api/v1/api-keys/{id}": { permission: "any", id: "key", personal: true },

  "POST /api/v1/connections": {
    permission: "connections.write",
    request: { body: { connector: "mcp", name: "Nowhere", config: nowhere } },
  },
  "GET /api/v1/connections": {
    permission: "connections.read",
    query: { query: "connection" },
    cursor: "connection",
  },
  "GET /api/v1/connections/export": { permission: "connections.read" },
  "POST /api/v1/connections/import": {
    permission: "connections.write",
    request: { body: { version: 1, connections: [] } },
    harmless: { body: { version: 2, connections: [] } },
  },
  "GET /api/v1/connections/{id}": { permission: "connections.read", id: "connection" },
  "PATCH /api/v1/connections/{id}": {
    permission: "connections.write",
    id: "connection",
    request: { body: { name: "Taken over" } },
  },
  "DELETE /api/v1/connections/{id}": { permission: "connections.write", id: "connection" },
  "GET /api/v1/connections/{id}/access": { permission: "connections.write", id: "connection" },
  "PUT /api/v1/connections/{id}/access": {
    permission: "connections.write",
    id: "connection",
    request: {
      body: { restricted: true, roles: ["viewer"], people: [], needsSecondFactor: false },
    },
    body: { roles: "role", people: "person" },
  },
  "POST /api/v1/connections/{id}/refresh": { permission: "connections.write", id: "connection" },
  "POST /api/v1/connections/{id}/rotate": { permission: "connections.write", id: "connection" },
  "POST /api/v1/connections/{id}/revoke": { permission: "connections.write", id: "connection" },
  "POST /api/v1/connections/{id}/test": { permission: "connections.write", id: "connection" },
  "POST /api/v1/connections/{id}/sync": { permission: "connections.write", id: "connection" },

  "GET /api/v1/connectors": { permission: "connections.read" },
  "GET /api/v1/connectors/{connector}": { permission: "connections.read" },

  "GET /oauth/callback": {},
  "POST /api/v1/connect-flows": {
    permission: "connections.write",
    body: { connectionId: "connection" },
    request: { body: { connector: "mcp", method: "oauth", name: "Nowhere", config: nowhere } },
  },
  "GET /api/v1/connect-flows/{id}": { permission: "any", id: "flow", personal: true },
  "POST /api/v1/connect-flows/{id}/choice": {
    permission: "any",
    id: "flow",
    personal: true,
    request: { body: { value: "another account" } },
  },
  "DELETE /api/v1/connect-flows/{id}": { permission: "any", id: "flow", personal: true },

  "GET /api/v1/oauth-apps": { permission: "connections.write" },
  "GET /api/v1/oauth-apps/{connector}": { permission: "connections.write" },
  "PUT /api/v1/oauth-apps/{connector}": {
    permission: "connections.write",
    request: { body: { clientId: "taken-over", clientSecret: "taken-over" } },
  },
  "DELETE /api/v1/oauth-apps/{connector}": { permission: "connections.write" },

  "GET /api/v1/secrets": {
    permission: "secrets.read",
    query: { query: "secretName" },
    cursor: "secretName",
  },
  "POST /api/v1/secrets": {
    permission: "secrets.write",
    request: { body: { name: "TAKEN_OVER", value: "taken over" } },
    harmless: { body: { name: "", value: "taken over" } },
  },
  "GET /api/v1/secrets/{id}": { permission: "secrets.read", id: "secret" },
  "PATCH /api/v1/secrets/{id}": {
    permission: "secrets.write",
    id: "secret",
    request: { body: { value: "taken over" } },
  },
  "DELETE /api/v1/secrets/{id}": { permission: "secrets.write", id: "secret" },

  "GET /api/v1/vault": { permission: "team.manage" },
  "POST /api/v1/vault/rotate": {
    permission: "team.manage",
    request: { body: {} },
    harmless: { body: { dataKeyId: "another" } },
  },
  "POST /api/v1/vault/verify": { permission: "team.manage", request: { body: {} } },

  "GET /api/v1/tools": {
    permission: "tools.read",
    query: { connection: "connection", query: "toolName" },
    cursor: "toolName",
  },
  "GET /api/v1/tools/{id}": { permission: "tools.read", id: "tool" },
  "PATCH /api/v1/tools/{id}": {
    permission: "tools.write",
    id: "tool",
    request: { body: { timeoutMs: 1000 } },
  },
  "POST /api/v1/tools/{id}/accept": {
    permission: "tools.write",
    id: "tool",
    request: { body: { hash: "0".repeat(64) } },
  },
  "POST /api/v1/tools/call-batch": {
    permission: "tools.call",
    request: { body: { calls: [{ toolId: "tool_none", arguments: {} }] } },
    harmless: { body: { calls: [] } },
  },
  "POST /api/v1/tools/{id}/call": {
    permission: "tools.call",
    id: "tool",
    headers: { "idempotency-key": "idempotencyKey" },
    request: { body: { arguments: { message: "hi" } } },
  },

  "GET /api/v1/executions": {
    permission: "executions.read",
    query: { connection: "connection", tool: "tool", actor: "person" },
    cursor: "execution",
  },
  "GET /api/v1/executions/summary": { permission: "executions.read" },
  "GET /api/v1/executions/series": {
    permission: "executions.read",
    query: { connection: "connection", tool: "tool", actor: "person" },
  },
  "GET /api/v1/executions/top": { permission: "executions.read" },
  "GET /api/v1/executions/archives": { permission: "audit.read", cursor: "execution" },
  "GET /api/v1/executions/archives/{name}": { permission: "audit.read" },
  "GET /api/v1/executions/{id}": { permission: "executions.read", id: "execution" },
  "GET /api/v1/jobs": {
    permission: "executions.read",
    query: { connection: "connection", tool: "tool", actor: "person" },
    cursor: "job",
  },
  "POST /api/v1/jobs": {
    permission: "tools.call",
    headers: { "idempotency-key": "idempotencyKey" },
    request: { body: { toolId: "tool_none", arguments: { message: "hi" } } },
    body: { toolId: "tool" },
  },
  "GET /api/v1/jobs/{id}": { permission: "executions.read", id: "job" },
  "GET /api/v1/jobs/{id}/events": { permission: "executions.read", id: "job" },
  "POST /api/v1/jobs/{id}/cancel": { permission: "tools.call", id: "job" },
  "POST /api/v1/jobs/{id}/retry": { permission: "tools.call", id: "job" },
  "POST /api/v1/executions/{id}/stop": { permission: "tools.call", id: "execution" },
  "POST /api/v1/executions/{id}/resume": { permission: "tools.call", id: "execution" },
  "POST /api/v1/executions/{id}/replay": {
    permission: "tools.call",
    id: "execution",
    headers: { "idempotency-key": "idempotencyKey" },
    request: { body: { arguments: { message: "hi" } } },
  },
  "GET /api/v1/executions/{id}/logs": { permission: "executions.read", id: "execution" },
  "GET /api/v1/executions/{id}/events": { permission: "executions.read", id: "execution" },
  "POST /api/v1/jobs/bulk": {
    permission: "tools.call",
    request: { body: { action: "cancel", ids: ["job_none"] } },
  },
  "GET /api/v1/metrics": { permission: "executions.read" },
  "GET /api/v1/live": {
    permission: "executions.read",
    query: { execution: "execution" },
    request: { headers: { upgrade: "websocket" } },
  },
  "POST /api/v1/live/tickets": {
    permission: "executions.read",
    request: { body: { executionId: "exe_nobody" } },
    body: { executionId: "execution" },
  },

  "GET /api/v1/limits": { permission: "any" },
  "GET /api/v1/limits/usage": { permission: "executions.read" },
  "GET /api/v1/limits/settings": { permission: "team.manage" },
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

  "POST /api/auth/consent": { request: { body: { query: "response_type=code" } } },
  "POST /api/auth/consent/decision": {
    request: { body: { handle: "nobody's", decision: "deny" } },
  },
  "GET /api/v1/client-grants": { permission: "any", cursor: "grant" },
  "DELETE /api/v1/client-grants/{id}": { permission: "any", id: "grant", personal: true },
  "GET /api/v1/machine-clients": { permission: "clients.manage", cursor: "machine" },
  "POST /api/v1/machine-clients": {
    permission: "clients.manage",
    request: { body: { name: "Nightly", scopes: ["tools.read"], connections: ["con_none"] } },
    body: { connections: "connection" },
    harmless: { body: { name: "", scopes: [] } },
  },
  "POST /api/v1/machine-clients/{id}/rotate": { permission: "clients.manage", id: "machine" },
  "DELETE /api/v1/machine-clients/{id}": { permission: "clients.manage", id: "machine" },

  "GET /api/v1/clients": {
    permission: "executions.read",
    query: { key: "key" },
    cursor: "client",
  },

  "GET /api/v1/notices": { permission: "any", cursor: "notice" },
  "POST /api/v1/notices/read": {
    permission: "any",
    request: { body: { ids: ["ntc_none"] } },
    body: { ids: "notice" },
  },
  "GET /api/v1/audit": {
    recalls: true,
    permission: "audit.read",
    cursor: "audit",
    query: { person: "person", subject: "execution" },
  },
  "GET /api/v1/audit/export": {
    recalls: true,
    varies: true,
    permission: "audit.read",
    query: { person: "person", subject: "execution" },
  },
  "POST /api/v1/audit/verify": { permission: "audit.read", request: { body: {} } },
};

/** What requests pass on their way to a route, and end at in none. */
export const passages = [
  "/*",
  "/api/v1/*",
  "/api/v1/account/*",
  "/api/v1/account/invitations/*",
  "/api/v1/teams/*",
];

/** What the hub serves beside its OpenAPI document. All of it is open but `/mcp`, which has claims of its own. */
export const undocumented = [
  "/api/openapi.json",
  "/api/docs",
  "/mcp",
  "/mcp/c/:connection",
  "/oauth/authorize",
  "/oauth/client.json",
  "/oauth/token",
  "/oauth/revoke",
  "/oauth/register",
  "/.well-known/oauth-authorization-server",
  "/.well-known/oauth-protected-resource",
  "/.well-known/oauth-protected-resource/mcp",
  "/.well-known/oauth-protected-resource/mcp/c/:slug",
];
