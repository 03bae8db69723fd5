import type { Example } from "./example";

export const jobExamples: Record<string, Example> = {
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
  "POST /api/v1/jobs/bulk": {
    permission: "tools.call",
    request: { body: { action: "cancel", ids: ["job_none"] } },
  },
};
