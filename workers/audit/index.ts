export { auditEntry } from "./entry";
export { auditRoutes } from "./routes";
