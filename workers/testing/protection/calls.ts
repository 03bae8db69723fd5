// Tools, their calls, and the live stream of them.
import type { Example } from "./example";

export const callExamples: Record<string, Example> = {
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
    headers: { "idempotency-key": "idempotencyKey" },
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
    query: { connection: "connection", tool: "tool", actor: "person", job: "job" },
    cursor: "execution",
  },
  "GET /api/v1/executions/summary": { permission: "executions.read" },
  "GET /api/v1/executions/series": {
    permission: "executions.read",
    query: { connection: "connection", tool: "tool", actor: "person" },
  },
  "GET /api/v1/executions/top": { permission: "executions.read" },
  "GET /api/v1/executions/archives": { permission: "audit.read" },
  "GET /api/v1/executions/archives/{name}": { permission: "audit.read" },
  "GET /api/v1/executions/{id}": { permission: "executions.read", id: "execution" },
  "POST /api/v1/executions/{id}/stop": { permission: "tools.call", id: "execution" },
  "POST /api/v1/executions/{id}/resume": {
    permission: "tools.call",
    id: "execution",
    headers: { "idempotency-key": "idempotencyKey" },
  },
  "POST /api/v1/executions/{id}/replay": {
    permission: "tools.call",
    id: "execution",
    headers: { "idempotency-key": "idempotencyKey" },
    request: { body: { arguments: { message: "hi" } } },
  },
  "GET /api/v1/executions/{id}/logs": { permission: "executions.read", id: "execution" },
  "GET /api/v1/executions/{id}/events": { permission: "executions.read", id: "execution" },
  "GET /api/v1/metrics": { permission: "executions.read" },
  "GET /api/v1/live": {
    permission: "executions.read",
    query: { execution: "execution", job: "job" },
    request: { headers: { upgrade: "websocket" } },
  },
  "POST /api/v1/live/tickets": {
    permission: "executions.read",
    request: { body: {} },
    harmless: { body: { executionId: "exe_nobody" } },
    body: { executionId: "execution", jobId: "job" },
  },
};
