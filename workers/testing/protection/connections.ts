// Connections, connectors and the flows that make a connection.
import type { Example } from "./example";

const nowhere = { url: "http://192.168.0.1/mcp" };

export const connectionExamples: Record<string, Example> = {
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
};
