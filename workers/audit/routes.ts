import { createRoute } from "@hono/zod-openapi";
import {
  AuditExportQuery,
  AuditPage,
  AuditQuery,
  AuditVerdict,
  VerifyAudit,
} from "../../shared/contracts/audit";
import { answers, createRouter, failures, jsonBody } from "../platform/http";
import { auditDays } from "../platform/settings";
import { exportAudit } from "./export";
import { listAudit } from "./list";
import { verifyAudit } from "./verify";

const list = createRoute({
  operationId: "listAudit",
  method: "get",
  path: "/",
  summary: "List changes and security events, newest first",
  tags: ["Audit"],
  request: { query: AuditQuery },
  responses: {
    200: answers(AuditPage, "Who changed what"),
    ...failures("invalid_input", "forbidden"),
  },
});

const download = createRoute({
  operationId: "exportAudit",
  method: "get",
  path: "/export",
  summary: "Export the audit log, oldest first",
  description: "As one file, however long it is. The export is itself recorded.",
  tags: ["Audit"],
  request: { query: AuditExportQuery },
  responses: {
    200: {
      description: "CSV, or one JSON object a line",
      content: {
        "text/csv": { schema: { type: "string", examples: ["seq,id,at,…\r\n"] } },
        "application/x-ndjson": { schema: { type: "string", examples: ['{"seq":1,…}\n'] } },
      },
    },
    ...failures("invalid_input", "forbidden", "second_factor_required"),
  },
});
const verify = createRoute({
  operationId: "verifyAudit",
  method: "post",
  path: "/verify",
  summary: "Check that nothing in the audit log was changed",
  description:
    "Recomputes the chain of hashes, twenty thousand entries at a time. Ask again with `after` set to `to` until `done`.",
  tags: ["Audit"],
  request: jsonBody(VerifyAudit),
  responses: {
    200: answers(AuditVerdict, "What was checked, and the first fault"),
    ...failures("invalid_input", "forbidden"),
  },
});

export const auditRoutes = createRouter()
  .openapi(list, async (c) => {
    const page = await listAudit(c.get("ctx"), c.req.valid("query"));
    return c.json({ ...page, keptForDays: auditDays(c.env) }, 200);
  })
  .openapi(download, async (c) => {
    const { body, type, name } = await exportAudit(c.get("ctx"), c.req.valid("query"));
    return c.body(body, 200, {
      "content-type": type,
      "content-disposition": `attachment; filename="${name}"`,
    });
  })
  .openapi(verify, async (c) => c.json(await verifyAudit(c.get("ctx"), c.req.valid("json")), 200));
