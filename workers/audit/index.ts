export { record, recorded, type Author } from "./record";
export { auditRoutes } from "./routes";
