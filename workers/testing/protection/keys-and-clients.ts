// API keys, machine clients and what clients were granted.
import type { Example } from "./example";

export const keyAndClientExamples: Record<string, Example> = {
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
};
