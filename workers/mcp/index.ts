export { createClientRoutes } from "./client-routes";
export { createMcpRoutes } from "./routes";
