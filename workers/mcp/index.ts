export { createMcpRoutes } from "./routes";
