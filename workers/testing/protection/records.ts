// What the hub writes down for people: notices and the audit log.
import type { Example } from "./example";

export const recordExamples: Record<string, Example> = {
  "GET /api/v1/notices": { permission: "any", cursor: "notice" },
  "POST /api/v1/notices/read": {
    permission: "any",
    request: { body: { ids: ["ntc_none"] } },
    body: { ids: "notice" },
  },
  "GET /api/v1/audit": {
    recalls: true,
    permission: "audit.read",
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
