// Secrets of the team and the vault that keeps them.
import type { Example } from "./example";

export const secretExamples: Record<string, Example> = {
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
};
