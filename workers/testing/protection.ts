import type { Permission } from "../../shared/roles";
import type { TestRequest } from "./team";

/** What of a team the suite tries to reach from elsewhere: ids and slugs, by the kind of thing. */
export type Subjects = Record<"connection" | "tool" | "execution" | "key", string[]>;

/** An example request of one route, right in everything but who sends it. */
export type Example = {
  /** Undefined for what answers without signing in. */
  permission?: Permission | "any";
  /** What `{id}` stands for. */
  id?: keyof Subjects;
  /** A query parameter that names a thing of the team. */
  query?: [string, keyof Subjects];
  request?: TestRequest;
  /** What a caller who may send the request sends in its place, where it would make something. */
  harmless?: TestRequest;
};

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
  "POST /api/auth/sign-in": {},
  "POST /api/auth/sign-out": {},

  "GET /api/v1/me": { permission: "any" },

  "POST /api/v1/api-keys": {
    permission: "keys.write",
    request: { body: { name: "Mine" } },
    harmless: { body: { name: "" } },
  },
  "GET /api/v1/api-keys": { permission: "any" },
  "DELETE /api/v1/api-keys/{id}": { permission: "any", id: "key" },

  "POST /api/v1/connections": {
    permission: "connections.write",
    request: { body: { connector: "mcp", name: "Nowhere", config: nowhere } },
  },
  "GET /api/v1/connections": { permission: "connections.read" },
  "GET /api/v1/connections/{id}": { permission: "connections.read", id: "connection" },
  "PATCH /api/v1/connections/{id}": {
    permission: "connections.write",
    id: "connection",
    request: { body: { name: "Taken over" } },
  },
  "DELETE /api/v1/connections/{id}": { permission: "connections.write", id: "connection" },
  "POST /api/v1/connections/{id}/test": { permission: "connections.write", id: "connection" },
  "POST /api/v1/connections/{id}/sync": { permission: "connections.write", id: "connection" },

  "GET /api/v1/tools": { permission: "tools.read", query: ["connection", "connection"] },
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
  "POST /api/v1/tools/{id}/call": {
    permission: "tools.call",
    id: "tool",
    request: { body: { arguments: { message: "hi" } } },
  },

  "GET /api/v1/executions": { permission: "executions.read", query: ["connection", "connection"] },
  "GET /api/v1/executions/summary": { permission: "executions.read" },
  "GET /api/v1/executions/{id}": { permission: "executions.read", id: "execution" },
  "GET /api/v1/executions/{id}/events": { permission: "executions.read", id: "execution" },
  "GET /api/v1/live": {
    permission: "executions.read",
    request: { headers: { upgrade: "websocket" } },
  },

  "GET /api/v1/clients": { permission: "executions.read" },

  "GET /api/v1/audit": { permission: "audit.read" },
};

/** What the hub serves beside its OpenAPI document. All of it is open but `/mcp`, which has claims of its own. */
export const undocumented = ["/api/openapi.json", "/api/docs", "/mcp", "/mcp/c/:connection"];

/** What must be equal of two answers for a caller to learn nothing from them. */
export function told(answer: { status: number; text: string }, id: string): string {
  const text = answer.text
    .replaceAll(id, "<id>")
    .replaceAll(/req_[0-9a-z]{26}/g, "<request>")
    .replaceAll(/"since":\d+/g, '"since":"<time>"');
  return `${answer.status} ${text}`;
}
