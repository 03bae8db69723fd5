export { record, recorded, type AuditEvent, type Author } from "./record";
export { deleteOldAudit } from "./retention";
export { requireForSensitive } from "./sensitive";
export { auditRoutes } from "./routes";
