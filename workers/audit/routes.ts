import { createRoute } from "@hono/zod-openapi";
import { AuditPage, AuditQuery } from "../../shared/contracts/audit";
import { answers, createRouter, failures } from "../platform/http";
import { listAudit } from "./list";

const list = createRoute({
  operationId: "listAudit",
  method: "get",
  path: "/",
  summary: "List changes, newest first",
  tags: ["Audit"],
  request: { query: AuditQuery },
  responses: { 200: answers(AuditPage, "Who changed what"), ...failures("forbidden") },
});

export const auditRoutes = createRouter().openapi(list, async (c) =>
  c.json(await listAudit(c.get("ctx"), c.req.valid("query")), 200),
);
